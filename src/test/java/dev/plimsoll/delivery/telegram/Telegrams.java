package dev.plimsoll.delivery.telegram;

import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.wire.WireConfig;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Bots of servers that tests start. */
@Singleton
public class Telegrams {
    @Inject
    Vertx vertx;

    @Inject
    WireConfig wire;

    @Inject
    SharedPace shared;

    @Inject
    ReactiveRedisDataSource redis;

    /** Nobody was ever told to wait. */
    public void forgetLimits() {
        redis.execute(
                        "EVAL",
                        "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end return 1",
                        "0",
                        SharedPace.KEY + "*")
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    /** As many messages as one likes. */
    BotApi bot(TelegramServer server) {
        return bot(new Setup(URI.create(server.url()), Optional.of(TelegramServer.TOKEN), 1_000_000));
    }

    /** One that is reached there, with this token. */
    public BotApi bot(URI url, String token) {
        return bot(new Setup(url, Optional.of(token), 1_000_000));
    }

    BotApi bot(Setup setup) {
        return new BotApi(http(setup));
    }

    BotHttp http(Setup setup) {
        return new BotHttp(vertx, wire, new BotToken(setup), new Pace(shared, setup));
    }

    /** @param most of each limit */
    record Setup(URI url, Optional<String> token, int most) implements TelegramConfig {
        @Override
        public boolean webhook() {
            return false;
        }

        @Override
        public Optional<String> webhookSecret() {
            return Optional.empty();
        }

        @Override
        public int perSecond() {
            return most;
        }

        @Override
        public int chatPerSecond() {
            return most;
        }

        @Override
        public int groupPerMinute() {
            return most;
        }

        @Override
        public int replicas() {
            return 3;
        }

        @Override
        public Duration redisPatience() {
            return Duration.ofSeconds(20);
        }

        @Override
        public Duration gaugeEvery() {
            return Duration.ofMinutes(5);
        }
    }
}
