package dev.plimsoll.delivery.channel;

import dev.plimsoll.delivery.Channel.Call;
import dev.plimsoll.delivery.Heard;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads PagerDuty's V3 webhooks. Only an acknowledgement is one here: that an incident was resolved by hand over there makes
 * no position safer, and the watch knows itself when one is.
 *
 * @see <a href="https://developer.pagerduty.com/docs/verifying-webhook-signatures">Verifying signatures</a>
 */
final class PagerDutyWebhook {
    private static final String SIGNATURE = "X-PagerDuty-Signature";
    private static final String VERSION = "v1=";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_NAME = 100;
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private PagerDutyWebhook() {}

    /** @param secret what it is signed with; without one anybody who knows the URL is believed */
    static Heard hear(Optional<String> secret, Call call) {
        var signatures = call.header(SIGNATURE).orElse("");
        if (secret.isPresent() && !isSigned(signatures, secret.get(), call.body())) {
            return new Heard.Refused(
                    "The signature does not fit: signingSecret must be that of the webhook subscription.");
        }
        try {
            return hear(new JsonObject(call.body()));
        } catch (DecodeException e) {
            return new Heard.Refused("This is no JSON object.");
        }
    }

    /** Several while a secret is being replaced over there: one that fits is enough. */
    private static boolean isSigned(String signatures, String secret, Buffer body) {
        var expected = (VERSION + hmac(secret, body)).getBytes(StandardCharsets.US_ASCII);
        return Arrays.stream(signatures.split(","))
                .map(one -> one.strip().getBytes(StandardCharsets.US_ASCII))
                .anyMatch(one -> MessageDigest.isEqual(one, expected));
    }

    private static String hmac(String secret, Buffer body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
        }
    }

    private static Heard hear(JsonObject webhook) {
        var event = block(webhook, "event");
        if (!text(event, "event_type").equals(Optional.of("incident.acknowledged"))) {
            return new Heard.Nothing();
        }
        return text(block(event, "data"), "incident_key")
                .filter(key -> UUID_FORM.matcher(key).matches())
                .<Heard>map(key -> new Heard.Acknowledged(UUID.fromString(key), by(event)))
                .orElseGet(Heard.Nothing::new);
    }

    private static Optional<String> by(JsonObject event) {
        return text(block(event, "agent"), "summary")
                .map(name -> Cut.toCharacters(name.replaceAll("\\p{C}", " ").strip(), MAX_NAME))
                .filter(name -> !name.isEmpty())
                .map(name -> "by " + name + " in PagerDuty")
                .or(() -> Optional.of("in PagerDuty"));
    }

    private static JsonObject block(JsonObject json, String name) {
        return json.getValue(name) instanceof JsonObject block ? block : new JsonObject();
    }

    private static Optional<String> text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
