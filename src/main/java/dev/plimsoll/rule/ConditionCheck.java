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

    /** A minute's return is the finest that volatility is measured by. */
    private static final Duration SHORTEST_OUTLOOK = Duration.ofMinutes(1);

    /** Beyond that the volatility of now says nothing. */
    private static final Duration LONGEST_OUTLOOK = Duration.ofDays(30);

    private ConditionCheck() {}

    static Stream<Fault> faults(Condition condition) {
        return switch (condition) {
            case Condition.PriceChange(var asset, var direction, var within) ->
                within(within, SHORTEST_WINDOW, LONGEST_WINDOW);
            case Condition.HealthDrop(var within) -> within(within, SHORTEST_WINDOW, LONGEST_WINDOW);
            case Condition.LiquidationProbability(var within) -> within(within, SHORTEST_OUTLOOK, LONGEST_OUTLOOK);
            case Condition.Depeg(var asset, var of) ->
                of.filter(asset::equals).stream()
                        .map(same -> new Fault(
                                "Rule refused: %s is always worth as much as itself; hold it against another asset."
                                        .formatted(same),
                                "/condition/of"));
            case Condition.OnPosition ignored -> Stream.of();
            case Condition.OnAsset ignored -> Stream.of();
            case Condition.Blind ignored -> Stream.of();
        };
    }

    private static Stream<Fault> within(Duration within, Duration shortest, Duration longest) {
        return within.compareTo(shortest) < 0 || within.compareTo(longest) > 0
                ? Stream.of(new Fault(
                        "Rule refused: 'within' is between %s and %s, was %s.".formatted(shortest, longest, within),
                        "/condition/within"))
                : Stream.of();
    }
}
