package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Shows that whoever asked for a webhook also reads what arrives there, and sends single test events.
 *
 * <p>Sends at once, one attempt, past the outbox. Nothing but the proof goes to a webhook that is not proven.
 */
@Singleton
public final class WebhookProof {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int CODE_BYTES = 18;
    /** Not the injected clock: receivers compare the timestamp with their own time. */
    private static final Clock REAL_TIME = Clock.systemUTC();

    private final WebhookSender sender;
    private final boolean required;

    @Inject
    WebhookProof(WebhookSender sender, DeliveryConfig config) {
        this.sender = sender;
        this.required = config.verifyWebhooks();
    }

    /** @param hash SHA-256 of the code: what is stored */
    public record Code(String code, byte[] hash) {}

    /** How sending the proof ended. */
    public sealed interface Proof {}

    /** The receiver echoed the code. */
    public record Proven() implements Proof {}

    /**
     * The code may still be posted to {@code /verify}.
     *
     * @param why a sentence for the user
     */
    public record Unproven(String why) implements Proof {}

    /** @param duration from sending to the answer, by monotonic clock */
    public record Tried(boolean delivered, String detail, Duration duration) {}

    /** Whether webhooks must be proven in this installation. */
    public boolean required() {
        return required;
    }

    /** A fresh one; the code itself is only sent, never stored. */
    public Code newCode() {
        var bytes = new byte[CODE_BYTES];
        RANDOM.nextBytes(bytes);
        var code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Code(code, sha256(code));
    }

    /** What was stored of this code when it was sent. */
    public byte[] hash(String code) {
        return sha256(code.strip());
    }

    /** Whether this is the code of that hash, in constant time. */
    public boolean matches(String code, byte[] hash) {
        return MessageDigest.isEqual(sha256(code.strip()), hash);
    }

    /** Sends the signed event {@code channel.verification} and looks for the code in a 2xx answer. */
    public Uni<Proof> prove(Receiver to, Code code) {
        var data = new JsonObject()
                .put("account", to.account().toString())
                .put("channel", to.channel().toString())
                .put("code", code.code())
                .put("text", "Answer with this code, or post it to /api/v1/channels/" + to.channel() + "/verify.");
        return sender.send(to, parcel("channel.verification", data)).map(answer -> proof(answer, code));
    }

    /** Sends the signed event {@code alert.test} now, without retry. */
    public Uni<Tried> test(Receiver to) {
        return Uni.createFrom().deferred(() -> {
            var start = System.nanoTime();
            return sender.send(to, parcel("alert.test", testData(to)))
                    .map(answer -> new Tried(
                            answer.outcome() instanceof Delivered,
                            answer.outcome().why(),
                            Duration.ofNanos(System.nanoTime() - start)));
        });
    }

    private static JsonObject testData(Receiver to) {
        return new JsonObject()
                .put("account", to.account().toString())
                .put("channel", to.channel().toString())
                .put("text", "This is a test. Alerts of your positions will arrive here like this.");
    }

    private static Parcel parcel(String type, JsonObject data) {
        var id = Ids.next();
        var now = REAL_TIME.instant();
        return new Parcel(id, now, StandardBody.of(new Message(id, type, now, data.encode(), List.of())));
    }

    private Proof proof(WebhookSender.Answer answer, Code code) {
        if (!(answer.outcome() instanceof Delivered)) {
            return new Unproven(
                    "The proof could not be delivered: " + answer.outcome().why() + ".");
        }
        return echoed(answer.body()).filter(echo -> matches(echo, code.hash())).isPresent()
                ? new Proven()
                : new Unproven("The receiver took the proof but did not answer with its code.");
    }

    /** The whole body, or the member {@code code} of a JSON object. */
    private static Optional<String> echoed(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return Optional.of(body);
        }
        try {
            return Optional.ofNullable(new JsonObject(body).getValue("code"))
                    .filter(String.class::isInstance)
                    .map(String.class::cast);
        } catch (DecodeException notJson) {
            return Optional.empty();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
