package dev.plimsoll.delivery;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A symmetric signing secret of Standard Webhooks: {@code whsec_} and the base64 of 24 to 64 random bytes.
 *
 * @see <a href="https://www.standardwebhooks.com">Standard Webhooks 1.0</a>
 */
public record WebhookSecret(String value) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    public WebhookSecret {
        if (!value.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret starts with " + PREFIX);
        }
    }

    public static WebhookSecret generate() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** One that somebody else made. Empty where it is none. */
    public static Optional<WebhookSecret> parse(String text) {
        try {
            return Optional.of(text)
                    .filter(word -> word.startsWith(PREFIX))
                    .map(WebhookSecret::new)
                    .filter(secret -> secret.key().length >= FEWEST_BYTES && secret.key().length <= MOST_BYTES);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** Several in one text, as they are sealed together. */
    static String joined(Stream<WebhookSecret> secrets) {
        return secrets.map(WebhookSecret::value).collect(Collectors.joining(" "));
    }

    /** Those of such a text, in its order. */
    static Stream<WebhookSecret> split(String joined) {
        return Stream.of(joined.split(" ")).map(WebhookSecret::new);
    }

    /** The key itself. */
    byte[] key() {
        return Base64.getDecoder().decode(value.substring(PREFIX.length()));
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
