package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Answer.Failed;
import dev.plimsoll.delivery.telegram.Answer.Later;
import dev.plimsoll.delivery.telegram.Answer.Misconfigured;
import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.WireConfig;
import dev.plimsoll.wire.WireFailure;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** One call of the Bot API and what its answer means. The token stands in the URL only, which nobody is told. */
@Singleton
class BotHttp {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** With what waiting for the limits may take, less than a courier gives an attempt. */
    private static final Limits LIMITS = Limits.within(Duration.ofSeconds(9));

    private static final int CONNECTIONS = 32;

    private final OperatorHttp http;
    private final BotToken token;
    private final Pace pace;
    private final AtomicBoolean refused = new AtomicBoolean();

    @Inject
    BotHttp(Vertx vertx, WireConfig wire, BotToken token, Pace pace) {
        this.http = new OperatorHttp(vertx, wire, CONNECTIONS);
        this.token = token;
        this.pace = pace;
    }

    boolean isSetUp() {
        return token.isSet();
    }

    /** What counts against the limits of a chat. */
    <T> Uni<Answer<T>> call(
            String method, JsonObject body, Place place, Precedence precedence, Function<Object, T> read) {
        if (!token.isSet()) {
            return call(method, body, read);
        }
        var ask = new Ask(token.nameOf(place.chat()), place.isGroup(), precedence);
        return pace.pass(ask)
                .chain(wait -> wait.isPresent()
                        ? Uni.createFrom()
                                .item(new Later<T>(
                                        wait.get(), "there are more messages than Telegram lets through", false))
                        : this.<T>call(method, body, read).call(answer -> rest(ask, answer)));
    }

    private Uni<Void> rest(Ask ask, Answer<?> answer) {
        return answer instanceof Later<?>(var pause, var why, var asked)
                ? pace.rest(ask, pause)
                : Uni.createFrom().voidItem();
    }

    /** What does not. */
    <T> Uni<Answer<T>> call(String method, JsonObject body, Function<Object, T> read) {
        return call(method, body, LIMITS, read);
    }

    <T> Uni<Answer<T>> call(String method, JsonObject body, Limits limits, Function<Object, T> read) {
        if (!token.isSet()) {
            return Uni.createFrom().item(new Misconfigured<>(Optional.empty(), "there is no bot token"));
        }
        return http.post(token.url(method), JSON, Buffer.buffer(body.encode()), limits)
                .map(reply -> BotAnswer.of(reply, read))
                .onFailure(WireFailure.class)
                .recoverWithItem(failure -> new Failed<>(Optional.empty(), failure.getMessage()))
                .invoke(this::note);
    }

    /** Said once, not with every message. */
    private void note(Answer<?> answer) {
        var now = answer instanceof Misconfigured<?>;
        if (refused.getAndSet(now) != now && now) {
            Log.error("Telegram does not know our bot, so nobody is told there: mend plimsoll.delivery.telegram.token");
        }
    }
}
