package dev.plimsoll.alert;

import dev.plimsoll.rule.Blindness;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which positions cannot be judged, since when and why; and that they are judged again. */
final class BlindText {
    private static final int MOST_NAMES = 5;
    private static final int MOST_REASONS = 3;
    private static final Comparator<Instant> EARLIEST = Comparator.naturalOrder();

    private BlindText() {}

    static String of(List<Blindness> blind) {
        return "%s cannot be judged since %s: %s. %s.%s Until %s can be judged, silence about %s says nothing."
                .formatted(
                        blind.size() == 1 ? "1 position" : blind.size() + " positions",
                        Readable.minute(since(blind)),
                        names(blind),
                        reasons(blind),
                        nearest(blind).map(words -> " " + words).orElse(""),
                        blind.size() == 1 ? "it" : "they",
                        blind.size() == 1 ? "it" : "them");
    }

    /** @param seen those that were told of and are judged again; empty where they are all gone */
    static String calm(List<Blindness> seen) {
        var again = seen.stream().flatMap(one -> one.seen().stream()).max(EARLIEST);
        return again.map(at -> "Judged again since %s, after %s: %s."
                        .formatted(
                                Readable.minute(at), Readable.duration(Duration.between(since(seen), at)), names(seen)))
                .orElse("None of your positions is blind for this cause any more.");
    }

    private static Instant since(List<Blindness> blind) {
        return blind.stream().map(Blindness::since).min(EARLIEST).orElseThrow();
    }

    private static Optional<String> nearest(List<Blindness> blind) {
        return blind.stream()
                .filter(one -> one.lastDistance().isPresent())
                .min(Comparator.comparing((Blindness one) -> one.lastDistance().orElseThrow()))
                .map(one -> "When it was last seen, %s was %s.".formatted(one.name(), distance(one)));
    }

    private static String distance(Blindness one) {
        var percent = one.lastDistance().orElse(BigDecimal.ZERO);
        return percent.signum() > 0 ? Readable.distance(percent) + " % away from liquidation" : "liquidatable already";
    }

    private static String names(List<Blindness> blind) {
        var names = blind.stream().limit(MOST_NAMES).map(Blindness::name).collect(Collectors.joining(", "));
        return blind.size() > MOST_NAMES ? names + " and " + (blind.size() - MOST_NAMES) + " more" : names;
    }

    private static String reasons(List<Blindness> blind) {
        var reason = blind.stream()
                .map(Blindness::why)
                .distinct()
                .limit(MOST_REASONS)
                .collect(Collectors.joining("; "));
        return reason.isEmpty() ? reason : Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    }
}
