package dev.plimsoll.delivery.mail;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A mail, and the way to a mail server. */
final class Mails {
    private Mails() {}

    static Letter letter() {
        return letter(7);
    }

    /** One of several. */
    static Letter letter(long number) {
        return new Letter(
                new UUID(7, number),
                "m1@example.com",
                Optional.empty(),
                false,
                Optional.empty(),
                "ETH loan",
                "It is near.",
                "<p>It is near.</p>");
    }

    /** @param settings without the prefix {@code plimsoll.delivery.email.} */
    static MailConfig config(Map<String, String> settings) {
        var builder = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(MailConfig.class);
        settings.forEach((name, value) -> builder.withDefaultValue("plimsoll.delivery.email." + name, value));
        return builder.build().getConfigMapping(MailConfig.class);
    }
}
