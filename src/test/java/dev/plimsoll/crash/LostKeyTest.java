package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, whose operator has lost the master key and has no copy: what operations.md says. */
class LostKeyTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void afterTheKeyIsForgottenItStartsAndChannelsAreMadeAnew() throws Exception {
        try (var scene = new Scene(folder, 1)) {
            var app = scene.app();
            app.start();
            var api = Api.signUp(app);
            api.channel(scene.receiver().url());
            var loan = api.loan("ETH loan", "10", "12000");
            var key = key(app);
            app.close();
            Files.delete(data("master-key.json"));

            assertThat(app.run("key", "forget", key)).as("see %s", app.log()).isZero();
            awaitEndOfServers();

            assertThat(Files.readString(app.log())).contains("Key " + key + " is forgotten", "  channels: 1");
            app.start();
            assertThat(Api.items(api.get("/channels"))).isEmpty();
            api.channel(scene.receiver().url());
            assertThat(Api.items(api.get("/channels"))).hasSize(1);
            assertThat(api.get("/positions/" + loan).getString("name")).isEqualTo("ETH loan");
        }
    }

    private static String key(App app) throws Exception {
        try (var connection = app.sql();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select id from master_key")) {
            if (!row.next()) {
                throw new SQLException("no key is registered");
            }
            return row.getString(1);
        }
    }

    private Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    /** They end after whoever started them. */
    private void awaitEndOfServers() {
        await("the servers to end")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !Files.exists(data("postgres").resolve("postmaster.pid")));
    }
}
