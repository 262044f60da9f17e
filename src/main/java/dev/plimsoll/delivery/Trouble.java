package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is wrong with one channel, for its owner to hear on another.
 *
 * @param why     a part of a sentence
 * @param missing what did not arrive and is tried no more, or the first of it
 * @param count   of all of that
 */
record Trouble(UUID channel, What what, String why, List<Undelivered> missing, int count) {

    enum What {
        DISABLED("channel.disabled", " was disabled: "),
        FAILING("channel.failing", " takes nothing: "),
        UNDELIVERED("delivery.failed", " could not be reached: ");

        private final String type;
        private final String words;

        What(String type, String words) {
            this.type = type;
            this.words = words;
        }

        String type() {
            return type;
        }
    }

    /**
     * One message that did not arrive.
     *
     * @param at when it happened, by the watch's clock
     */
    record Undelivered(UUID delivery, String type, Severity severity, Instant at, String text) {}

    Trouble {
        missing = List.copyOf(missing);
    }

    /** The same, and these too. */
    Trouble and(Optional<Trouble> more) {
        return more.map(other -> new Trouble(
                        channel,
                        what,
                        why,
                        Stream.concat(missing.stream(), other.missing.stream()).toList(),
                        count + other.count))
                .orElse(this);
    }

    /** The same for what waited there. */
    Trouble closing() {
        return new Trouble(channel, what, "the channel was disabled: " + why, missing, count);
    }

    /** Only that this did not arrive. */
    Trouble undelivered() {
        return new Trouble(channel, What.UNDELIVERED, why, missing, count);
    }

    /** As urgent as the most urgent that is missing. */
    Severity severity() {
        return missing.stream()
                .map(Undelivered::severity)
                .max(Severity::compareTo)
                .orElse(Severity.WARNING);
    }

    String text(String name) {
        var missed = count == 0 ? "" : " Not delivered there: " + count + ".";
        return "Channel " + name + what.words + why + "." + missed;
    }
}
