package dev.plimsoll.delivery.telegram;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.wire.WireConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bots of servers that tests start, and replicas that hear of them. */
@Singleton
public class Telegrams {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @Inject
    Vertx vertx;

    @Inject
    WireConfig wire;

    @Inject
    ReactiveRedisDataSource redis;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    SecretBox box;

    @Inject
    MeterRegistry meters;

    static <T> T now(Uni<T> work) {
        return work.await().atMost(LONG_ENOUGH);
    }

    /** As many messages as one likes. */
    BotApi bot(TelegramServer server) {
        return bot(Setup.of(server));
    }

    /** One that is reached there, with this token. */
    public BotApi bot(URI url, String token) {
        return bot(new Setup(url, Optional.of(token), 1_000_000, false));
    }

    /** Nobody was ever told to wait. */
    public void forgetLimits() {
        now(redis.execute(
                "EVAL",
                "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 1",
                "0",
                SharedPace.KEY + "*"));
    }

    BotApi bot(Setup setup) {
        return new BotApi(http(setup));
    }

    BotHttp http(Setup setup) {
        var token = new BotToken(setup.config());
        return new BotHttp(vertx, wire, token, new Pace(new SharedPace(redis, token), setup.config()));
    }

    /** One process that hears what happens and acts on it. */
    Replica replica(Setup setup, Updates listener) {
        var token = new BotToken(setup.config());
        var inbox = new Inbox(engine, box, token);
        var turns = new Turns(engine, token);
        var handling = new Handling(turns, inbox, List.of(listener), vertx.eventBus(), meters);
        var updates = new BotUpdates(http(setup), token, setup.config(), Optional.of("https://plimsoll.example"));
        var listening = new Listening(updates, new BotLease(engine, token), inbox, handling, engine);
        return new Replica(listening, handling, inbox, updates, new WebhookCalls(updates, token, inbox, handling));
    }

    record Replica(Listening listening, Handling handling, Inbox inbox, BotUpdates updates, WebhookCalls webhook) {

        /** Asks once and does not wait for anything to happen. */
        Listening.Heard hears() {
            return now(listening.round(Duration.ZERO));
        }

        void acts() {
            now(handling.round());
        }
    }

    List<Row> sql(String sql, Object... parameters) {
        return now(engine.preparedQuery(sql).execute(Tuple.from(List.of(parameters)))).stream()
                .toList();
    }

    /** No update of another test is left. */
    void clear() {
        List.of("telegram_update", "telegram_turn", "telegram_bot").forEach(table -> sql("delete from " + table));
    }

    /** @param most of each limit */
    record Setup(URI url, Optional<String> token, int most, boolean webhook) {
        static Setup of(TelegramServer server) {
            return new Setup(URI.create(server.url()), Optional.of(TelegramServer.TOKEN), 1_000_000, false);
        }

        Setup called() {
            return new Setup(url, token, most, true);
        }

        TelegramConfig config() {
            var said = new HashMap<>(Map.of(
                    "url", url.toString(),
                    "webhook", Boolean.toString(webhook),
                    "per-second", Integer.toString(most),
                    "chat-per-second", Integer.toString(most),
                    "group-per-minute", Integer.toString(most),
                    "redis-patience", "20s"));
            token.ifPresent(value -> said.put("token", value));
            var builder = new SmallRyeConfigBuilder()
                    .withConverter(Duration.class, 200, new DurationConverter())
                    .withMapping(TelegramConfig.class);
            said.forEach((name, value) -> builder.withDefaultValue("plimsoll.delivery.telegram." + name, value));
            return builder.build().getConfigMapping(TelegramConfig.class);
        }
    }
}
