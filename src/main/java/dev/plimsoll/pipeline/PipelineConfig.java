package dev.plimsoll.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** How often the watch runs, who runs it, and by which clock. */
@ConfigMapping(prefix = "plimsoll.pipeline")
public interface PipelineConfig {

    /** How often positions are judged, in real time; whole seconds, at least one. */
    @WithDefault("10s")
    Duration every();

    /** How long one tick may run, committing included, before it is abandoned and its unfinished work left to the next. */
    @WithDefault("30s")
    Duration tickTimeout();

    /**
     * Which parts of Plimsoll this process runs, of {@code watch,courier,chat,api}. All together the replicas need each of
     * them once. Without {@code api} the process opens no port but the one for health and metrics.
     */
    @WithDefault("watch,courier,chat,api")
    Set<Role> roles();

    /** Whether this replica may hold the watch; false takes the role from it. */
    @WithDefault("true")
    boolean watch();

    /** Whether this replica, while it does not hold the watch, learns of the market from the one that does. */
    @WithDefault("true")
    boolean follow();

    /** Whether this replica sends deliveries; false takes the role from it. */
    @WithDefault("true")
    boolean courier();

    /** Whether this replica may ask Telegram what people write and press, and acts on it; false takes the role from it. */
    @WithDefault("true")
    boolean chat();

    /** How long the watch stays with a replica that is no longer heard of, by database time; at least 3 s. */
    @WithDefault("15s")
    Duration leaseTtl();

    /**
     * How many made-up alerts are decided and forgotten soon after a start, so that the first real ones find their code
     * compiled: some seconds of one core, and more of the compiler's. 0 decides none.
     */
    @WithDefault("5000")
    int rehearsal();

    /** How many alerts are committed in one transaction; 1 to 10,000. */
    @WithDefault("1000")
    int chunkSize();

    /** How often the courier looks for due deliveries when nobody wakes it. */
    @WithDefault("500ms")
    Duration courierPoll();

    /** How long a stopping replica lets what is being sent finish. */
    @WithDefault("10s")
    Duration shutdownGrace();

    /**
     * The account, as a UUID, whose channels reach the operator: told first when one cause blinds more than 20 % of the
     * accounts that have positions. Without it the operator is not told.
     */
    Optional<UUID> operatorAccount();

    /**
     * Where a ping leaves at most once a minute while all is well, as {@code https://hc-ping.com/<uuid>}; to its {@code
     * /fail} where too much cannot be judged or sent. Secret. Without it nobody outside notices that Plimsoll stopped.
     */
    Optional<String> deadManUrl();

    /** How long rows of the table {@code change} are kept; a replica that was away longer loads everything anew. */
    @WithDefault("1h")
    Duration changesKept();

    /** What people read by the calendar. */
    Digests digests();

    /** For replays: the instant the clock shows at start. Without it the clock is the system's. */
    Optional<Instant> clockStart();

    /** For replays: how many times faster than life the clock runs; at least 1, used only with a start. */
    @WithDefault("1")
    int clockSpeed();

    /** Digests of the day and the week, and checks before going to bed. */
    interface Digests {

        /** How many an account may have. */
        @WithDefault("20")
        int perAccount();

        /** How many are written at once, in a round a second; the rest of those due at the same minute follow. */
        @WithDefault("500")
        int batch();
    }
}
