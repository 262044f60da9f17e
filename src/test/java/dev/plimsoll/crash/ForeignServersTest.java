package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.ops.embedded.ForeignRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on a PostgreSQL and a Redis that an operator runs. */
class ForeignServersTest {
    private static final String TABLES = "select count(*) from pg_tables where schemaname = 'public'";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void withBothConfiguredItWorksFromThemAndStartsNoServerOfItsOwn() throws Exception {
        try (var prices = prices();
                var postgres = Foreign.with(folder.resolve("foreign"), "log_min_messages = warning");
                var redis = ForeignRedis.on(folder.resolve("redis"));
                var app = app(prices, postgres, redis)) {
            app.start();

            var api = Api.signUp(app);
            var loan = api.loan("ETH loan", "10", "12000");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.get("/positions/" + loan)
                            .getJsonObject("health")
                            .containsKey("healthFactor"));
            assertThat(postgres.number("select count(*) from position")).isEqualTo(1);
            assertThat(redis.clients()).isPositive();
            assertThat(app.process().descendants()).isEmpty();
            assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**{postgres,redis,passwords,lock}*");
        }
    }

    @Test
    void anUnsafeDatabaseIsRefusedInASentenceBeforeAnythingIsWrittenToIt() throws Exception {
        try (var prices = prices();
                var postgres = Foreign.with(folder.resolve("foreign"), "fsync = off");
                var redis = ForeignRedis.on(folder.resolve("redis"));
                var app = app(prices, postgres, redis)) {
            assertRefused(app, "The database has fsync=off");

            postgres.run("alter system set fsync = on");
            postgres.run("select pg_reload_conf()");
            postgres.run("alter role plimsoll_api superuser");
            assertRefused(app, "The role plimsoll_api is or may become a superuser");

            assertThat(postgres.number(TABLES)).isZero();
        }
    }

    @Test
    void withoutTheOwnersPasswordItStartsOnceSomebodyElseHasMigrated() throws Exception {
        try (var prices = prices();
                var postgres = Foreign.with(folder.resolve("foreign"), "fsync = on");
                var redis = ForeignRedis.on(folder.resolve("redis"));
                var app = app(prices, postgres, redis, Map.of("plimsoll.ops.database.owner.password", ""))) {
            assertRefused(app, "The database has no schema of Plimsoll yet: run ./plimsoll migrate");
            assertThat(postgres.number(TABLES)).isZero();

            var job = app(prices, postgres, redis, Map.of("plimsoll.ops.database.api.password", ""));
            assertThat(job.run("migrate")).isZero();
            assertThat(Files.readString(job.log())).contains("was at version none and is at version ");

            app.start();
            Api.signUp(app).loan("ETH loan", "10", "12000");
        }
    }

    private static void assertRefused(App app, String sentence) throws IOException {
        assertThatThrownBy(app::start).hasMessageContaining("the service ended with 1");
        assertThat(Files.readString(app.log())).contains("Plimsoll does not start. " + sentence);
        assertThat(Files.readString(app.log())).doesNotContain("\tat ");
    }

    private static PriceServer prices() throws IOException {
        var prices = new PriceServer();
        prices.set("USDC", "1");
        prices.set("ETH", "3000");
        return prices;
    }

    private App app(PriceServer prices, Foreign postgres, ForeignRedis redis) throws IOException {
        return app(prices, postgres, redis, Map.of());
    }

    private App app(PriceServer prices, Foreign postgres, ForeignRedis redis, Map<String, String> other)
            throws IOException {
        var settings = new HashMap<String, String>(Map.of("plimsoll.pipeline.every", "1s"));
        settings.putAll(prices.settings());
        settings.putAll(postgres.settings());
        settings.put("plimsoll.ops.redis-url", redis.url());
        settings.putAll(other);
        return new App(folder.resolve("data"), settings);
    }
}
