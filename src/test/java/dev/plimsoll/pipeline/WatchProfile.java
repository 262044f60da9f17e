package dev.plimsoll.pipeline;

import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.telegram.TelegramProfile;
import dev.plimsoll.wire.FreePort;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A watch whose ticks the test runs, on a clock it moves by hand and on prices from {@link #PORT}; with a bot, a mail server
 * at {@link #MAIL} and an operator, who is told of what blinds many once there is such an account.
 */
public class WatchProfile implements QuarkusTestProfile {
    static final int PORT = FreePort.next();
    static final int MAIL = FreePort.next();
    static final String OPERATOR = "0193b000-0000-7000-8000-000000000001";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(new TelegramProfile().getConfigOverrides());
        settings.putAll(Map.of(
                "quarkus.scheduler.enabled", "false",
                "plimsoll.oracle.only", String.join(",", PriceServer.VENUES),
                "plimsoll.oracle.breaker-pause", "PT1S",
                // on a busy machine a price comes late, and must not be missing
                "plimsoll.oracle.deadline", "PT1M",
                "plimsoll.oracle.timeout", "PT1M",
                "plimsoll.pipeline.watch", "false",
                "plimsoll.pipeline.courier", "false"));
        PriceServer.VENUES.forEach(venue -> {
            settings.put("plimsoll.oracle.sources." + venue + ".url", "http://127.0.0.1:" + PORT + "/" + venue);
            settings.put("plimsoll.oracle.sources." + venue + ".pace", "PT0S");
        });
        settings.putAll(Map.of(
                "plimsoll.pipeline.operator-account", OPERATOR,
                "plimsoll.delivery.email.host", "127.0.0.1",
                "plimsoll.delivery.email.port", Integer.toString(MAIL),
                "plimsoll.delivery.email.encryption", "none",
                "plimsoll.delivery.email.from", "alerts@plimsoll.example"));
        return settings;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(HandTime.class);
    }
}
