package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.wire.GuardedHttp;
import dev.plimsoll.wire.Reply;
import dev.plimsoll.wire.RetryAfter;
import dev.plimsoll.wire.WireFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Signs and posts one event, and says what the answer means. Events, proofs and tests all leave here. */
@Singleton
public final class WebhookSender {
    private static final int GONE = 410;

    private final GuardedHttp http;
    private final Duration timeout;

    @Inject
    WebhookSender(GuardedHttp http, DeliveryConfig config) {
        this.http = http;
        this.timeout = config.timeout();
    }

    /** @param body what the receiver answered, at most 64 KB; empty without an answer */
    public record Answer(Outcome outcome, String body) {}

    /** Never fails. */
    public Uni<Answer> send(Receiver to, Parcel parcel) {
        return http.post(to.address(), headers(to, parcel), Buffer.buffer(parcel.body()), timeout)
                .map(reply -> new Answer(outcome(reply, parcel.at()), reply.text()))
                .onFailure(WireFailure.class)
                .recoverWithItem(
                        failure -> new Answer(new Retry(Optional.empty(), failure.getMessage(), Optional.empty()), ""));
    }

    private static Map<String, String> headers(Receiver to, Parcel parcel) {
        var id = parcel.id().toString();
        return Map.of(
                "Content-Type",
                "application/json",
                "webhook-id",
                id,
                "webhook-timestamp",
                String.valueOf(parcel.at().getEpochSecond()),
                "webhook-signature",
                WebhookSignature.of(id, parcel.at(), parcel.body(), to.secrets()));
    }

    private static Outcome outcome(Reply reply, Instant at) {
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
