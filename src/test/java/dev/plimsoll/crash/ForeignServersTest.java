package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.mail.Pem;
import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.DatabaseCheck;
import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.ops.embedded.ForeignRedis;
import dev.plimsoll.wire.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service on a PostgreSQL and a Redis that an operator runs. */
class ForeignServersTest {
    private static final String TABLES = "select count(*) from pg_tables where schemaname = 'public'";

    private static final String BY_TLS =
            "select count(*) from pg_stat_ssl join pg_stat_activity using (pid) where %s and usename like 'plimsoll%%'";

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

    @Test
    void byTlsItWorksAndAnAuthorityThatDidNotSignIsRefusedInASentence() throws Exception {
        var certificate = Certificates.selfSigned("localhost");
        var authority = Pem.of(certificate, folder);
        var key = Pem.keyOf(certificate, folder);
        var other = Pem.of(Certificates.selfSigned("localhost"), Files.createDirectory(folder.resolve("other")));
        try (var prices = prices();
                var postgres = Foreign.with(
                        folder.resolve("foreign"),
                        "ssl = on",
                        "ssl_cert_file = '%s'".formatted(authority),
                        "ssl_key_file = '%s'".formatted(key));
                var redis = ForeignRedis.byTls(folder.resolve("redis"), authority, key)) {
            var named = postgres.url().replace("127.0.0.1", "localhost");
            assertThat(refusal(postgres, named, other)).contains("There is no trusted TLS to the database " + named);
            assertThat(refusal(postgres, postgres.url(), authority))
                    .contains("There is no trusted TLS to the database " + postgres.url());

            var strict = byTls(prices, postgres, redis, named, authority, other);
            assertThat(strict.run("doctor")).isOne();
            assertThat(Files.readString(strict.log()))
                    .contains("shows a certificate that is not trusted", "into plimsoll.ops.redis-ca");

            try (var app = byTls(prices, postgres, redis, named, authority, authority)) {
                app.start();
                Api.signUp(app).loan("ETH loan", "10", "12000");

                await().atMost(Duration.ofSeconds(30)).until(() -> redis.clients() > 0);
                assertThat(postgres.number(BY_TLS.formatted("ssl"))).isPositive();
                assertThat(postgres.number(BY_TLS.formatted("not ssl"))).isZero();
            }
        }
    }

    /** Why a start would be refused. */
    private static String refusal(Foreign postgres, String url, Path authority) {
        var known = postgres.database();
        var database = new Database(url, Optional.of(authority), known.owner(), known.api(), known.engine());
        return new DatabaseCheck(database).findings().toString();
    }

    private App byTls(
            PriceServer prices, Foreign postgres, ForeignRedis redis, String database, Path databaseCa, Path redisCa)
            throws IOException {
        return app(
                prices,
                postgres,
                redis,
                Map.of(
                        "plimsoll.ops.database-url", database,
                        "plimsoll.ops.database-ca", databaseCa.toString(),
                        "plimsoll.ops.redis-url", redis.tlsUrl(),
                        "plimsoll.ops.redis-ca", redisCa.toString()));
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
        return new App(folder.resolve("data"), settings, App.BRIEF);
    }
}
