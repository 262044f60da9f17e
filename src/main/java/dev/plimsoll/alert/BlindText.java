package dev.plimsoll.alert;

import dev.plimsoll.rule.Blindness;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Which positions cannot be judged, since when and why. */
final class BlindText {
    private static final int MOST_NAMES = 5;
    private static final int MOST_REASONS = 3;

    private BlindText() {}

    static String of(List<Blindness> blind) {
        var since = blind.stream()
                .map(Blindness::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return "%s cannot be judged since %s: %s. %s. Until then silence about %s says nothing."
                .formatted(
                        blind.size() == 1 ? "1 position" : blind.size() + " positions",
                        Readable.minute(since),
                        names(blind),
                        reasons(blind),
                        blind.size() == 1 ? "it" : "them");
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
