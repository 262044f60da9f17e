package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What one delivery says, before a channel gives it its form.
 *
 * @param type     {@code alert.firing}, … as in the webhook body
 * @param at       when it happened, by the watch's clock
 * @param data     the {@code data} object of the standard body, as JSON text
 * @param replaced what earlier messages would have said that this one stands for, the oldest first
 */
public record Message(UUID delivery, String type, Severity severity, Instant at, String data, List<Replaced> replaced) {
    private static final int MOST_REPLACED = 20;
    private static final DateTimeFormatter CLOCK_TIME = DateTimeFormatter.ofPattern("HH:mm");

    public Message {
        replaced = List.copyOf(replaced);
    }

    /** The latest of those it stands for, of which a message tells. */
    List<Replaced> lately() {
        return replaced.subList(Math.max(0, replaced.size() - MOST_REPLACED), replaced.size());
    }

    /** That earlier messages did not arrive, in a sentence with times in UTC. */
    Optional<String> earlier() {
        return earlier(ZoneOffset.UTC);
    }

    /** The same by the clock of this zone. */
    Optional<String> earlier(ZoneId zone) {
        var end = WallClock.isUtc(zone) ? " UTC." : ".";
        return replaced.isEmpty()
                ? Optional.empty()
                : Optional.of(lately().stream()
                        .map(one -> one.words(zone))
                        .collect(Collectors.joining(", ", "Earlier messages did not reach you: ", end)));
    }

    /** A message that never reached the channel because a newer one took its place. */
    public record Replaced(String type, Instant at) {

        /** {@code alert.firing} at 03:10:59 is "fired 03:10". */
        private String words(ZoneId zone) {
            var word = type.substring(type.lastIndexOf('.') + 1);
            return (word.equals("firing") ? "fired" : word) + " "
                    + CLOCK_TIME.withZone(zone).format(at);
        }
    }
}
