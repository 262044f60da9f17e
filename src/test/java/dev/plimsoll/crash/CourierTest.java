package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.CourierStand;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged courier with much to deliver. */
class CourierTest {
    private static final int CHANNELS = 100;
    private static final int EACH = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private FlakyReceiver receiver;
    private App app;

    @BeforeEach
    void muchIsPending() throws Exception {
        receiver = new FlakyReceiver(1);
        var data = folder.resolve("data");
        try (var seeding = new App(
                data, Map.of("plimsoll.pipeline.watch", "false", "plimsoll.pipeline.courier", "false"), App.BRIEF)) {
            seeding.start();
            try (var stand = new CourierStand(seeding.databaseUrl(), seeding.password("engine"), data, Map.of())) {
                var urls = IntStream.range(0, CHANNELS)
                        .mapToObj(channel -> receiver.url())
                        .toList();
                stand.put(stand.hooks(urls), EACH);
            }
        }
        app = new App(
                data,
                Map.of(
                        "plimsoll.pipeline.watch", "false",
                        "plimsoll.delivery.allow-http", "true",
                        "plimsoll.delivery.allow-private", "127.0.0.0/8",
                        "plimsoll.delivery.ports", Integer.toString(receiver.port())),
                App.BRIEF);
    }

    @AfterEach
    void end() throws InterruptedException {
        app.close();
        receiver.close();
    }

    @Test
    void toldToStopUnderLoadItEndsInTimeAndNothingIsLostOrSentTwice() throws Exception {
        app.start();
        await().until(() -> receiver.accepted().size() >= 50);

        var ended = app.stop(Duration.ofSeconds(20));
        app.start();
        await("see " + app.log())
                .ignoreExceptions()
                .atMost(Duration.ofMinutes(3))
                .until(() -> number("select count(*) from queue") == 0);

        assertThat(ended).isTrue();
        assertThat(receiver.accepted().stream().map(FlakyReceiver.Message::id))
                .hasSize(CHANNELS * EACH)
                .doesNotHaveDuplicates();
        assertThat(number("select count(*) from delivery where state = 'delivered'"))
                .isEqualTo(CHANNELS * EACH);
        assertThat(number("select count(*) from attempt")).isEqualTo(CHANNELS * EACH);
    }

    private int number(String query) throws IOException, SQLException {
        try (var sql = app.sql();
                var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
