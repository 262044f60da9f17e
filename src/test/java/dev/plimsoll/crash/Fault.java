package dev.plimsoll.crash;

/** What is done to three replicas and to what they stand on. */
enum Fault {
    /** {@code kill -9} of a replica, which is started again. */
    REPLICA_KILLED,
    /** SIGTERM to a replica, which is started again. */
    REPLICA_STOPPED,
    /** SIGSTOP of a replica beyond every lease it holds, then SIGCONT. */
    REPLICA_PAUSED,
    DATABASE_KILLED,
    DATABASE_RESTARTED,
    /** SIGSTOP of every process of PostgreSQL, then SIGCONT. */
    DATABASE_FROZEN,
    /** About half of all connections to PostgreSQL are terminated, and again. */
    CONNECTIONS_CUT,
    REDIS_FLUSHED,
    REDIS_GONE,
    /** Not a byte more fits where PostgreSQL keeps its data. */
    DISK_FULL,
    /** The migration of a next version is applied under replicas of this one, and one of these is started again beside it. */
    SCHEMA_UPGRADED,
    /** The wall clock of one replica is wrong by up to an hour, and then right again. */
    CLOCK_MOVED,
    /** Beyond every lease, all packets between a replica and PostgreSQL are dropped without a word. */
    CUT_FROM_DATABASE,
    /** The same between a replica and Redis. */
    CUT_FROM_REDIS,
    /** One after the other, every replica becomes another build. */
    ROLLED
}
