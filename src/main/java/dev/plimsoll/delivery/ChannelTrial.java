package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Sends what is no alert: the proof that whoever asked for a channel also reads what arrives there, single tests, and the
 * way back for whoever lost their keys.
 *
 * <p>At once, one attempt, past the outbox. Nothing but the proof goes to a channel that is not proven.
 */
@Singleton
public final class ChannelTrial {
    /** Not the injected clock: receivers compare the timestamp with their own time. */
    private static final Clock REAL_TIME = Clock.systemUTC();

    private final Kinds kinds;
    private final BuddyLetter letters;

    @Inject
    ChannelTrial(Kinds kinds, BuddyLetter letters) {
        this.kinds = kinds;
        this.letters = letters;
    }

    /** @param duration from sending to the answer, by monotonic clock */
    public record Tried(boolean delivered, String detail, Duration duration) {}

    /** Whether such a channel must be proven in this installation: another person is always asked. */
    public boolean isRequired(Receiver to) {
        return to.buddy().isPresent() || kinds.of(to.kind()).isProvenFirst();
    }

    /** Whether it is proven by being linked from its other end. */
    public boolean isLinked(Receiver to) {
        return kinds.of(to.kind()).fields().stream().anyMatch(field -> !field.isSaid());
    }

    /** Sends the event {@code channel.verification}. */
    public Uni<Proof> prove(Receiver to, ProofCode code) {
        var text = "Post the code to /api/v1/channels/" + to.channel()
                + "/verify to get alerts here; a program can answer with it instead.";
        return Uni.createFrom().deferred(() -> {
            var data = data(to).put("code", code.code()).put("text", text);
            return kinds.of(to.kind()).prove(to, parcel(to, "channel.verification", data), code);
        });
    }

    /** Sends the event {@code alert.test} now, without retry. */
    public Uni<Tried> test(Receiver to) {
        var text = "This is a test. Alerts of your positions will arrive here like this.";
        return once(to, "alert.test", data(to).put("text", text));
    }

    /** Sends the event {@code account.recovery} now, without retry: its code makes a new API key. Only to what is proven. */
    public Uni<Tried> sendRecovery(Receiver to, ProofCode code) {
        var text = "Somebody, most likely you, asked for a new API key of your account.";
        return once(to, "account.recovery", data(to).put("code", code.code()).put("text", text));
    }

    private Uni<Tried> once(Receiver to, String type, JsonObject data) {
        return Uni.createFrom().deferred(() -> {
            var start = System.nanoTime();
            return kinds.of(to.kind())
                    .send(to, parcel(to, type, data))
                    .map(outcome -> new Tried(
                            outcome instanceof Delivered, outcome.why(), Duration.ofNanos(System.nanoTime() - start)));
        });
    }

    private static JsonObject data(Receiver to) {
        return new JsonObject()
                .put("account", to.account().toString())
                .put("channel", to.channel().toString());
    }

    private Parcel parcel(Receiver to, String type, JsonObject data) {
        var id = Ids.next();
        var now = REAL_TIME.instant();
        var message = new Message(id, type, Severity.INFO, now, data.encode(), List.of());
        return new Parcel(id, now, kinds.of(to.kind()).body(to, letters.forReading(to, message)));
    }
}
