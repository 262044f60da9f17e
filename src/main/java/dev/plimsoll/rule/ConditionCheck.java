package dev.plimsoll.rule;

import dev.plimsoll.rule.RuleCheck.Fault;
import java.time.Duration;
import java.util.stream.Stream;

/** Whether a condition makes sense by itself. */
final class ConditionCheck {
    /** Extremes are kept by the minute. */
    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(1);

    /** For as long as extremes are kept at least. */
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    private ConditionCheck() {}

    static Stream<Fault> faults(Condition condition) {
        return switch (condition) {
            case Condition.PriceChange(var asset, var direction, var within) -> window(within);
            case Condition.Depeg(var asset, var of) ->
                of.filter(asset::equals).stream()
                        .map(same -> new Fault(
                                "Rule refused: %s is always worth as much as itself; hold it against another asset."
                                        .formatted(same),
                                "/condition/of"));
            case Condition.AssetPrice ignored -> Stream.of();
            case Condition.PriceDivergence ignored -> Stream.of();
            case Condition.PriceStale ignored -> Stream.of();
            case Condition.OnPosition ignored -> Stream.of();
            case Condition.Blind ignored -> Stream.of();
        };
    }

    private static Stream<Fault> window(Duration within) {
        return within.compareTo(SHORTEST_WINDOW) < 0 || within.compareTo(LONGEST_WINDOW) > 0
                ? Stream.of(new Fault(
                        "Rule refused: 'within' is between %s and %s, was %s."
                                .formatted(SHORTEST_WINDOW, LONGEST_WINDOW, within),
                        "/condition/within"))
                : Stream.of();
    }
}
