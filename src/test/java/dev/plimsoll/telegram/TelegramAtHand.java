package dev.plimsoll.telegram;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Optional;

/**
 * A Telegram server without limits for a {@code @QuarkusTest}: the application is set up to use it, and a field of the type
 * {@link TelegramServer} is it. For {@code @QuarkusTestResource(value = TelegramAtHand.class, restrictToAnnotatedClass = true)},
 * or the {@code testResources()} of a profile.
 */
public final class TelegramAtHand implements QuarkusTestResourceLifecycleManager {
    private Optional<TelegramServer> server = Optional.empty();

    @Override
    public Map<String, String> start() {
        var started = TelegramServer.withoutLimits();
        server = Optional.of(started);
        return Map.of(
                "plimsoll.delivery.telegram.url",
                started.url(),
                "plimsoll.delivery.telegram.token",
                TelegramServer.TOKEN);
    }

    @Override
    public void inject(TestInjector injector) {
        server.ifPresent(started ->
                injector.injectIntoFields(started, field -> field.getType().equals(TelegramServer.class)));
    }

    @Override
    public void stop() {
        server.ifPresent(TelegramServer::close);
    }
}
