package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed while it brings out digests. */
class DigestCrashTest {
    private static final long SEED = 20261121;
    private static final int DIGESTS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** All of the same minute, which is over. */
    private static final String DUE = """
            insert into digest (id, account_id, kind, local_time, next_at)
            select gen_random_uuid(), a.id, 'daily', due.at::time, due.at at time zone 'UTC'
            from account a,
                 generate_series(1, %d),
                 (select date_trunc('minute', now() at time zone 'UTC') - interval '1 minute' as at) as due
            where a.timezone = 'UTC'""".formatted(DIGESTS);

    /** Of the last one the row is held, so that they cannot all be out before it is killed. */
    private static final String HELD =
            "begin; select from digest where id = (select id from digest order by id desc limit 1) for update";

    private static final String ISSUED = "select count(*) from digest_issue";

    private static final String NOTICES = "select count(*) from notice where type = 'digest.daily'";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Scene scene;

    @BeforeEach
    void begin() throws IOException, InterruptedException {
        scene = new Scene(folder, SEED);
        scene.begin();
    }

    @AfterEach
    void end() throws InterruptedException {
        scene.close();
    }

    @Test
    void eachComesOnce() throws Exception {
        try (var sql = scene.app().sql();
                var gate = scene.app().sql();
                var last = scene.app().sql()) {
            write(gate, "begin; lock table digest_issue in exclusive mode");
            write(sql, DUE);
            write(last, HELD);
            write(gate, "rollback");
            await().atMost(PATIENCE).until(() -> number(sql, ISSUED) > 0);
            scene.app().kill(); // and its PostgreSQL ends with it
        }
        var killed = Instant.now();

        scene.app().start();

        try (var sql = scene.app().sql()) {
            await().atMost(PATIENCE).until(() -> number(sql, ISSUED) == DIGESTS);
            assertThat(number(sql, NOTICES + " and created_at < '" + killed + "'"))
                    .isPositive()
                    .isLessThan(DIGESTS);
            assertThat(number(sql, NOTICES)).isEqualTo(DIGESTS);
            assertThat(number(sql, "select count(distinct data #>> '{digest,id}') from notice"))
                    .isEqualTo(DIGESTS);
        }
    }

    private static void write(Connection sql, String what) throws SQLException {
        try (var statement = sql.createStatement()) {
            statement.execute(what);
        }
    }

    private static int number(Connection sql, String query) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
