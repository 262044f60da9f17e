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
                        positive(condition, level, pointer),
                        LimitCheck.limit(condition, level, pointer),
                        clear(condition, level, pointer).or(() -> LimitCheck.clear(condition, level, pointer)),
                        duration(level.hold(), Duration.ZERO, pointer + "/hold"),
                        duration(level.clearHold(), Duration.ZERO, pointer + "/clearHold"),
                        duration(level.repeatEvery(), SHORTEST_REPEAT, pointer + "/repeatEvery"))
                .flatMap(Optional::stream);
    }

    private static Optional<Fault> kind(Condition condition, Level level, String pointer) {
        var expected = expected(condition, level.limit());
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(
                        "Rule refused: a level of the type %s says %s.".formatted(RuleJson.type(condition), expected),
                        pointer + "/" + LevelJson.field(condition, level.limit())));
    }

    /** Empty when the limit is what the condition asks. */
    private static String expected(Condition condition, Limit limit) {
        return switch (condition) {
            case Condition.OnPosition onPosition -> expectedOnPosition(onPosition, limit);
            case Condition.OnAsset onAsset -> expectedOnAsset(onAsset, limit);
            case Condition.Blind ignored -> expected("after", isAuto(limit) || limit instanceof Limit.After);
        };
    }

    private static String expectedOnPosition(Condition.OnPosition condition, Limit limit) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> expected("below", limit instanceof Limit.Below);
            case Condition.LoanToValue ignored -> expected("above", limit instanceof Limit.Above);
            case Condition.CollateralRatio ignored -> expected("below", limit instanceof Limit.Below);
            case Condition.LiquidationDistance ignored ->
                expected("percent", isAuto(limit) || limit instanceof Limit.Percent);
            case Condition.HealthDrop ignored -> expected("percent", limit instanceof Limit.Moved);
            case Condition.TimeToLiquidation ignored -> expected("within", limit instanceof Limit.Within);
            case Condition.LiquidationProbability ignored -> expected("above", limit instanceof Limit.Above);
            case Condition.OracleGap ignored -> expected("bps", isAuto(limit) || limit instanceof Limit.Bps);
            case Condition.FeedSkew ignored -> expected("after", isAuto(limit) || limit instanceof Limit.After);
        };
    }

    private static String expectedOnAsset(Condition.OnAsset condition, Limit limit) {
        return switch (condition) {
            case Condition.AssetPrice ignored ->
                limit instanceof Limit.Below || limit instanceof Limit.Above ? "" : "\"above\" or \"below\"";
            case Condition.PriceChange ignored -> expected("percent", limit instanceof Limit.Moved);
            case Condition.PriceDivergence ignored -> expected("bps", isAuto(limit) || limit instanceof Limit.Bps);
            case Condition.PriceStale ignored -> expected("after", isAuto(limit) || limit instanceof Limit.After);
            case Condition.Depeg ignored -> expected("bps", limit instanceof Limit.Bps);
        };
    }

    private static String expected(String field, boolean said) {
        return said ? "" : "\"" + field + "\"";
    }

    private static boolean isAuto(Limit limit) {
        return limit instanceof Limit.Auto;
    }

    private static Optional<Fault> positive(Condition condition, Level level, String pointer) {
        var positive = switch (level.limit()) {
            case Limit.Below(var value) -> value.signum() > 0;
            case Limit.Above(var value) -> value.signum() > 0;
            case Limit.Percent(var value) -> value.signum() > 0;
            case Limit.Moved(var percent) -> percent.signum() > 0;
            case Limit.Bps(var value) -> value.signum() > 0;
            case Limit.After(var value) -> value.isPositive();
            case Limit.Within(var value) -> value.isPositive();
            case Limit.Auto() -> true;
        };
        return positive
                ? Optional.empty()
                : Optional.of(new Fault(
                        "Rule refused: it fires %s; the limit must be above zero.".formatted(words(level.limit())),
                        pointer + "/" + LevelJson.field(condition, level.limit())));
    }

    private static Optional<Fault> clear(Condition condition, Level level, String pointer) {
        return level.clear()
                .flatMap(clear -> clearFault(level.limit(), clear))
                .map(detail -> new Fault(detail, pointer + "/" + LevelJson.clearField(condition, level.limit())));
    }

    private static Optional<String> clearFault(Limit limit, BigDecimal clear) {
        var side = switch (limit) {
            case Limit.Below(var value) -> clear.compareTo(value) > 0 ? "" : "higher";
            case Limit.Percent(var value) -> clear.compareTo(value) > 0 ? "" : "higher";
            case Limit.Above(var value) -> clear.compareTo(value) < 0 ? "" : "lower";
            case Limit.Moved(var percent) -> clear.compareTo(percent) < 0 ? "" : "lower";
            case Limit.Bps(var value) -> clear.compareTo(value) < 0 ? "" : "lower";
            case Limit.After ignored -> "no";
            case Limit.Within ignored -> "no";
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
            case Limit.Moved(var value) -> other instanceof Limit.Moved(var than) && value.compareTo(than) > 0;
            case Limit.Bps(var value) -> other instanceof Limit.Bps(var than) && value.compareTo(than) > 0;
            case Limit.After(var value) -> other instanceof Limit.After(var than) && value.compareTo(than) > 0;
            case Limit.Within(var value) -> other instanceof Limit.Within(var than) && value.compareTo(than) < 0;
            case Limit.Auto ignored -> false;
        };
    }

    static String words(Limit limit) {
        return switch (limit) {
            case Limit.Below(var value) -> "below " + value.toPlainString();
            case Limit.Above(var value) -> "above " + value.toPlainString();
            case Limit.Percent(var value) -> "nearer than " + value.toPlainString() + " %";
            case Limit.Moved(var percent) -> "beyond " + percent.toPlainString() + " %";
            case Limit.Bps(var value) -> "beyond " + value.toPlainString() + " bps";
            case Limit.After(var value) -> "after " + value;
            case Limit.Within(var value) -> "within " + value;
            case Limit.Auto() -> "automatically";
        };
    }
}
