package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The servers of one data folder, started at most once in this process and kept until it ends.
 *
 * <p>This class may be loaded several times (tests and dev mode have class loaders of their own), so what runs is remembered
 * in a system property.
 *
 * @param postgresPort 0 when PostgreSQL is not embedded
 * @param redisPort 0 when Redis is not embedded
 */
public record EmbeddedServers(int postgresPort, int redisPort) {
    private static final String REMEMBERED = "dev.plimsoll.embedded:";

    /** What is to be started where; binaries apart, because test runs share them. */
    public record Wish(DataFolder folder, Path binaries, boolean postgres, boolean redis) {}

    public static EmbeddedServers of(Wish wish) {
        synchronized (System.getProperties()) {
            var key = REMEMBERED + wish.folder().path();
            var running = Optional.ofNullable(System.getProperty(key)).map(EmbeddedServers::parse);
            if (running.isPresent()) {
                return running.get();
            }
            var started = start(wish);
            System.setProperty(key, started.text());
            return started;
        }
    }

    private static EmbeddedServers start(Wish wish) {
        if (!wish.postgres() && !wish.redis()) {
            return new EmbeddedServers(0, 0);
        }
        var binaries = new Binaries(wish.binaries());
        binaries.require(wish.postgres(), wish.redis());
        FolderLock.take(wish.folder());
        try {
            var user = ServerUser.present();
            var started = new EmbeddedServers(
                    wish.postgres() ? Postgres.start(wish.folder(), binaries, user) : 0,
                    wish.redis() ? Redis.start(wish.folder(), binaries, user) : 0);
            Running.record(wish.folder(), started);
            return started;
        } catch (IOException e) {
            throw new Refused(
                    "The embedded servers in %s cannot start: %s"
                            .formatted(wish.folder().path(), e),
                    e);
        }
    }

    private static EmbeddedServers parse(String text) {
        var ports = text.split(",", 2);
        return new EmbeddedServers(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    }

    private String text() {
        return postgresPort + "," + redisPort;
    }
}
