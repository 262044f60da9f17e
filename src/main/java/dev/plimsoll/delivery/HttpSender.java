package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.wire.GuardedHttp;
import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.RetryAfter;
import dev.plimsoll.wire.WireFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Posts messages over HTTP, each within the time-out of an attempt. Never fails: no answer is an outcome too. */
@Singleton
public final class HttpSender {
    private static final int GONE = 410;
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private final GuardedHttp guarded;
    private final OperatorHttp operators;
    private final Duration timeout;

    @Inject
    HttpSender(GuardedHttp guarded, OperatorHttp operators, DeliveryConfig config) {
        this.guarded = guarded;
        this.operators = operators;
        this.timeout = config.timeout();
    }

    /** @param body what the receiver answered, at most 64 KB; empty without an answer */
    public record Answer(Outcome outcome, String body) {}

    /** To a URL that a user gave, past the guard. @param meaning what an answer means, see {@link #usual} */
    public Uni<Answer> toUsers(String url, Map<String, String> headers, String body, Function<Reply, Outcome> meaning) {
        return answer(guarded.post(url, headers, Buffer.buffer(body), timeout), meaning);
    }

    /** To a service whose URL is the operator's: one that every user of the kind shares. */
    public Uni<Answer> toService(URI url, Map<String, String> headers, String body, Function<Reply, Outcome> meaning) {
        return answer(operators.post(url, headers, Buffer.buffer(body), limits()), meaning);
    }

    /** Asks such a service. */
    public Uni<Answer> askService(URI url, Map<String, String> headers, Function<Reply, Outcome> meaning) {
        return answer(operators.get(url, headers, limits()), meaning);
    }

    private Limits limits() {
        return new Limits(timeout, MAX_ANSWER_BYTES, Limits.Excess.CUT);
    }

    private static Uni<Answer> answer(Uni<Reply> asked, Function<Reply, Outcome> meaning) {
        return asked.map(reply -> new Answer(meaning.apply(reply), reply.text()))
                .onFailure(WireFailure.class)
                .recoverWithItem(
                        failure -> new Answer(new Retry(Optional.empty(), failure.getMessage(), Optional.empty()), ""));
    }

    /**
     * What an answer means where a service says nothing else: 2xx is delivered, 410 is for good, all others are tried
     * again, after {@code Retry-After} where it asks for it.
     *
     * @param at of the attempt
     */
    public static Outcome usual(Reply reply, Instant at) {
        var status = Optional.of(reply.status());
        if (reply.isSuccess()) {
            return new Delivered(status, "the receiver answered " + reply.status());
        }
        if (reply.status() == GONE) {
            return new Rejected(status, "the receiver answered 410 Gone");
        }
        var redirect = reply.status() >= 300 && reply.status() < 400;
        var why = "the receiver answered " + reply.status() + (redirect ? ", a redirect, which is not followed" : "");
        return new Retry(status, why, reply.header("Retry-After").flatMap(wish -> RetryAfter.parse(wish, at)));
    }
}
