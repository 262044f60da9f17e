package dev.plimsoll.rule;

import dev.plimsoll.rule.RuleCheck.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether how a rule tells makes sense; what does not is said in sentences. */
public final class TellingCheck {
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private TellingCheck() {}

    /** All faults at once; empty when it is fine. */
    public static List<Fault> faults(List<Level> levels, Telling telling) {
        var steps = telling.escalation();
        return Stream.concat(
                        IntStream.range(0, steps.size()).boxed().flatMap(i -> step(steps, i)),
                        telling.quietHours().stream().flatMap(hours -> neverQuiet(levels)))
                .toList();
    }

    private static Stream<Fault> step(List<Escalation> escalation, int i) {
        var after = escalation.get(i).after();
        var pointer = "/escalation/" + i + "/after";
        if (after.compareTo(SHORTEST) < 0 || after.compareTo(LONGEST) > 0) {
            return Stream.of(new Fault(
                    "Rule refused: it escalates after %s, which is not between %s and %s."
                            .formatted(after, SHORTEST, LONGEST),
                    pointer));
        }
        if (i > 0 && after.compareTo(escalation.get(i - 1).after()) <= 0) {
            return Stream.of(new Fault(
                    "Rule refused: it escalates after %s and then after %s; each step must come later than the one before."
                            .formatted(escalation.get(i - 1).after(), after),
                    pointer));
        }
        return Stream.empty();
    }

    private static Stream<Fault> neverQuiet(List<Level> levels) {
        return !levels.isEmpty() && levels.stream().allMatch(level -> level.severity() == Severity.CRITICAL)
                ? Stream.of(new Fault(
                        "Rule refused: quiet hours hold back what is not critical, and this rule tells of nothing else;"
                                + " leave them out.",
                        "/quietHours"))
                : Stream.empty();
    }
}
