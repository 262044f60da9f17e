package dev.plimsoll.rule;

import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.RuleCheck.Fault;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether one level makes sense under its rule's condition. */
final class LevelCheck {
    private static final Duration SHORTEST_REPEAT = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private LevelCheck() {}

    static Stream<Fault> faults(Condition condition, Level level, String pointer) {
        return Stream.of(
                        kind(condition, level, pointer),
                        positive(level, pointer),
                        clear(level, pointer),
                        duration(level.hold(), Duration.ZERO, pointer + "/hold"),
                        duration(level.clearHold(), Duration.ZERO, pointer + "/clearHold"),
                        duration(level.repeatEvery(), SHORTEST_REPEAT, pointer + "/repeatEvery"))
                .flatMap(Optional::stream);
    }

    private static Optional<Fault> kind(Condition condition, Level level, String pointer) {
        var limit = level.limit();
        var expected = switch (condition) {
            case Condition.HealthFactor ignored -> limit instanceof Limit.Below ? "" : "\"below\"";
            case Condition.LiquidationDistance ignored ->
                limit instanceof Limit.Percent || limit instanceof Limit.Auto ? "" : "\"percent\"";
            case Condition.AssetPrice ignored ->
                limit instanceof Limit.Below || limit instanceof Limit.Above ? "" : "\"above\" or \"below\"";
            case Condition.Blind ignored ->
                limit instanceof Limit.After || limit instanceof Limit.Auto ? "" : "\"after\"";
        };
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(
                        "Rule refused: a level of the type %s says %s.".formatted(RuleJson.type(condition), expected),
                        pointer + "/" + field(limit)));
    }

    private static Optional<Fault> positive(Level level, String pointer) {
        var positive = switch (level.limit()) {
            case Limit.Below(var value) -> value.signum() > 0;
            case Limit.Above(var value) -> value.signum() > 0;
            case Limit.Percent(var value) -> value.signum() > 0;
            case Limit.After(var value) -> value.isPositive();
            case Limit.Auto() -> true;
        };
        return positive
                ? Optional.empty()
                : Optional.of(new Fault(
                        "Rule refused: it fires %s, which never happens; the limit must be above zero."
                                .formatted(words(level.limit())),
                        pointer + "/" + field(level.limit())));
    }

    private static Optional<Fault> clear(Level level, String pointer) {
        return level.clear()
                .flatMap(clear -> clearFault(level.limit(), clear))
                .map(detail -> new Fault(detail, pointer + "/" + LevelJson.clearField(level.limit())));
    }

    private static Optional<String> clearFault(Limit limit, BigDecimal clear) {
        var side = switch (limit) {
            case Limit.Below(var value) -> clear.compareTo(value) > 0 ? "" : "higher";
            case Limit.Percent(var value) -> clear.compareTo(value) > 0 ? "" : "higher";
            case Limit.Above(var value) -> clear.compareTo(value) < 0 ? "" : "lower";
            case Limit.After ignored -> "no";
            case Limit.Auto ignored -> "no";
        };
        return switch (side) {
            case "" -> Optional.empty();
            case "no" ->
                Optional.of("Rule refused: a limit that is a duration or \"auto\" clears by itself; leave this out.");
            default ->
                Optional.of("Rule refused: it clears at %s but fires %s; the clearing level must be the %s one."
                        .formatted(clear.toPlainString(), words(limit), side));
        };
    }

    private static Optional<Fault> duration(Duration duration, Duration shortest, String pointer) {
        return duration.compareTo(shortest) < 0 || duration.compareTo(LONGEST) > 0
                ? Optional.of(new Fault(
                        "Rule refused: %s is not between %s and %s.".formatted(duration, shortest, LONGEST), pointer))
                : Optional.empty();
    }

    /** Fires after the other has, on the way to danger. */
    static boolean isBeyond(Limit one, Limit other) {
        return switch (one) {
            case Limit.Below(var value) -> other instanceof Limit.Below(var than) && value.compareTo(than) < 0;
            case Limit.Percent(var value) -> other instanceof Limit.Percent(var than) && value.compareTo(than) < 0;
            case Limit.Above(var value) -> other instanceof Limit.Above(var than) && value.compareTo(than) > 0;
            case Limit.After(var value) -> other instanceof Limit.After(var than) && value.compareTo(than) > 0;
            case Limit.Auto ignored -> false;
        };
    }

    /** The field a limit stands in. */
    static String field(Limit limit) {
        return switch (limit) {
            case Limit.Below ignored -> "below";
            case Limit.Above ignored -> "above";
            case Limit.Percent ignored -> "percent";
            case Limit.After ignored -> "after";
            case Limit.Auto ignored -> "percent";
        };
    }

    static String words(Limit limit) {
        return switch (limit) {
            case Limit.Below(var value) -> "below " + value.toPlainString();
            case Limit.Above(var value) -> "above " + value.toPlainString();
            case Limit.Percent(var value) -> "nearer than " + value.toPlainString() + " %";
            case Limit.After(var value) -> "after " + value;
            case Limit.Auto() -> "automatically";
        };
    }
}
