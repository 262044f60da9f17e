package dev.plimsoll.ops;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which servers Plimsoll works with, and where it keeps its own data. */
@ConfigMapping(prefix = "plimsoll.ops")
public interface OpsConfig {

    /** PostgreSQL 15 or later, as {@code postgresql://host:5432/plimsoll}. Without it an embedded one is started. */
    Optional<String> databaseUrl();

    /**
     * The certificate authority of the database, as a PEM file. With it every connection is by TLS, the server's certificate must
     * be of that authority, and its name that of the URL. Default: no TLS.
     */
    Optional<Path> databaseCa();

    /** The password of all three roles, where a role has none of its own. */
    Optional<String> databasePassword();

    /** The roles of the configured database; the embedded one makes its own. */
    DatabaseRoles database();

    /** Redis 6.2 or later, as {@code redis://:password@host:6379}, or {@code rediss://} by TLS. Without it an embedded one is started. */
    Optional<String> redisUrl();

    /**
     * The certificate authority of a Redis by TLS, as a PEM file; its name must be that of the URL. Default: the authorities that
     * Java trusts.
     */
    Optional<Path> redisCa();

    /** What must survive a restart. Default: {@code $XDG_DATA_HOME/plimsoll} or {@code ~/.local/share/plimsoll}. */
    Optional<Path> dataDir();

    /** Where the embedded servers' programs are unpacked; may be shared. Default: {@code bin} in the data folder. */
    Optional<Path> binariesDir();

    /** Three roles, so that no request can reach around row-level security. */
    interface DatabaseRoles {
        /** Owns the schema and migrates it. Default user: plimsoll_owner. */
        Role owner();

        /** Answers requests; the policies apply to it. Default user: plimsoll_api. */
        Role api();

        /** The watch and the courier. Default user: plimsoll_engine. */
        Role engine();
    }

    /** A login of PostgreSQL. */
    interface Role {

        /** Its name. Default: plimsoll_owner, plimsoll_api or plimsoll_engine. */
        Optional<String> user();

        /** Its password. Secret. Default: {@code plimsoll.ops.database-password}. */
        Optional<String> password();
    }
}
