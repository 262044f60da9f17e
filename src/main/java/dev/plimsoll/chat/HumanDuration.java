package dev.plimsoll.chat;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A while as people type it: {@code 2h}, {@code 30 min}, {@code 1.5 h}, {@code 1 day}. */
final class HumanDuration {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,4})(?:[.,]([0-9]))?\\s*([a-z]+)");
    private static final int TENTHS = 10;

    private HumanDuration() {}

    /** Empty for what is none, and for nothing at all. */
    static Optional<Duration> of(String typed) {
        var form = FORM.matcher(typed.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        var tenths = Integer.parseInt(form.group(1)) * TENTHS
                + Optional.ofNullable(form.group(2)).map(Integer::parseInt).orElse(0);
        return unit(form.group(3))
                .map(unit -> unit.multipliedBy(tenths).dividedBy(TENTHS))
                .filter(Duration::isPositive);
    }

    private static Optional<Duration> unit(String word) {
        return switch (word) {
            case "m", "min", "mins", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(1));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
            default -> Optional.empty();
        };
    }
}
