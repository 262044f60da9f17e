package dev.plimsoll.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {
    @TempDir
    Path temporary;

    @Test
    void whatWasCommittedSurvivesAKillAndTheNextStartGoesOnByItself() throws Exception {
        var folder = temporary.resolve("data");
        var first = Child.start(folder);
        var postmaster = Child.postmaster(folder);
        try (var owner = first.owner();
                var statement = owner.createStatement()) {
            statement.execute("create table kept (n int)");
            for (var n = 1; n <= 50; n++) {
                statement.execute("insert into kept values (" + n + ")");
            }
        }

        first.kill();

        try (var second = Child.start(folder);
                var owner = second.owner();
                var rows = owner.createStatement().executeQuery("select count(*) from kept")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(50);
            await().until(() -> !alive(postmaster));
        }
    }

    @Test
    void theServersEndWithTheProcessThatStartedThem() throws Exception {
        var folder = temporary.resolve("data");
        var child = Child.start(folder);
        var postmaster = Child.postmaster(folder);
        var redis = redis(folder);

        child.kill();

        await().until(() -> !alive(postmaster) && !alive(redis));
    }

    @Test
    void aSecondPlimsollOnTheSameFolderIsRefusedInASentenceAndTouchesNothing() throws Exception {
        var folder = temporary.resolve("data");
        try (var first = Child.start(folder)) {
            var postmaster = Child.postmaster(folder);

            var second = Child.refused(folder);

            assertThat(second.code()).isEqualTo(1);
            assertThat(second.said())
                    .startsWith("Another Plimsoll is running on the data folder")
                    .hasLineCount(1);
            assertThat(alive(postmaster)).isTrue();
            assertThat(first.servers().postgresPort()).isPositive();
        }
    }

    @Test
    void anOrphanOfOursIsStoppedAndAStrangerWithItsPidIsLeftAlone() throws Exception {
        var folder = temporary.resolve("data");
        Child.start(folder).kill();
        await().until(() -> !Files.exists(folder.resolve("postgres/postmaster.pid")));
        var orphan = orphan(folder);
        await().until(() -> Files.exists(folder.resolve("postgres/postmaster.pid")));
        Files.writeString(
                folder.resolve("redis/redis.pid"), ProcessHandle.current().pid() + "\n"); // a stranger: this test

        try (var next = Child.start(folder)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(next.servers().redisPort()).isPositive();
        }
    }

    @Test
    void aKilledPostgresComesBackOnItsPort() throws Exception {
        var folder = temporary.resolve("data");
        try (var child = Child.start(folder)) {
            var postmaster = Child.postmaster(folder);

            ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

            await().ignoreExceptions().until(() -> {
                child.owner().close();
                return Child.postmaster(folder) != postmaster;
            });
        }
    }

    @Test
    void nobodyGetsInWithoutTheRightPasswordAndOnlyTheOwnerMayReadThem() throws Exception {
        var folder = temporary.resolve("data");
        try (var child = Child.start(folder)) {
            assertThatThrownBy(() -> child.connect("postgres", "postgres"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            for (var secret : new String[] {"passwords", "redis.conf", "running"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                        .isEqualTo("rw-------");
            }
            assertThat(folder.resolve("initdb")).doesNotExist();
        }
    }

    /** PostgreSQL on the folder, as a Plimsoll without pdeathsig would have left it. */
    private static Process orphan(Path folder) throws IOException {
        var cluster = folder.toRealPath().resolve("postgres");
        return Commands.builder(ServerUser.present()
                        .command(
                                cluster,
                                Child.binaries()
                                        .resolve("postgresql-18.4/bin/postgres")
                                        .toString(),
                                "-D",
                                cluster.toString(),
                                "-p",
                                Integer.toString(Ports.free()),
                                "-c",
                                "unix_socket_directories="))
                .redirectOutput(folder.resolve("orphan.log").toFile())
                .start();
    }

    private static long redis(Path folder) throws IOException {
        return Long.parseLong(
                Files.readString(folder.resolve("redis/redis.pid")).strip());
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
