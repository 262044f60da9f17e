package dev.plimsoll.telegram;

import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A Plimsoll with a bot and without limits: a test that wants to hear it starts a {@link TelegramServer} where {@code TelegramConfig.url} says. */
public class TelegramProfile implements QuarkusTestProfile {
    private static final int PORT = FreePort.next();

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.scheduler.enabled",
                "false",
                "plimsoll.delivery.telegram.token",
                TelegramServer.TOKEN,
                "plimsoll.delivery.telegram.url",
                "http://127.0.0.1:" + PORT,
                "plimsoll.delivery.telegram.per-second",
                "1000000",
                "plimsoll.delivery.telegram.chat-per-second",
                "1000000",
                "plimsoll.delivery.telegram.group-per-minute",
                "1000000",
                "plimsoll.delivery.telegram.redis-patience",
                "PT20S");
    }
}
