package dev.plimsoll.delivery.telegram;

import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.WireFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One call of the Bot API and what its answer means. The token stands in the URL only, which nobody is told. */
@Singleton
class BotHttp {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(8));

    private final OperatorHttp http;
    private final TelegramConfig config;

    @Inject
    BotHttp(OperatorHttp http, TelegramConfig config) {
        this.http = http;
        this.config = config;
    }

    boolean isSetUp() {
        return config.token().isPresent();
    }

    /** What counts against the limits of a chat. */
    <T> Uni<Answer<T>> call(
            String method, JsonObject body, Place place, Precedence precedence, Function<Object, T> read) {
        return call(method, body, read);
    }

    /** What does not. */
    <T> Uni<Answer<T>> call(String method, JsonObject body, Function<Object, T> read) {
        return call(method, body, LIMITS, read);
    }

    <T> Uni<Answer<T>> call(String method, JsonObject body, Limits limits, Function<Object, T> read) {
        if (config.token().isEmpty()) {
            return Uni.createFrom().item(new Answer.Misconfigured<>(Optional.empty(), "there is no bot token"));
        }
        return http.post(url(method), JSON, Buffer.buffer(body.encode()), limits)
                .map(reply -> BotAnswer.of(reply, read))
                .onFailure(WireFailure.class)
                .recoverWithItem(failure -> new Answer.Failed<>(Optional.empty(), failure.getMessage()));
    }

    private URI url(String method) {
        var base = config.url().toString().replaceFirst("/+$", "");
        return URI.create(base + "/bot" + config.token().orElseThrow() + "/" + method);
    }
}
