package dev.plimsoll.alert;

import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.ReadingJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How an alert has gone so far, as lines of a table. */
public final class CourseFigures {
    private CourseFigures() {}

    /** @param condition of its rule, which says what its values are; empty where the rule is gone */
    public static List<Figure> of(AlertState state, Transition transition, Optional<Condition> condition) {
        var lasted = Duration.between(state.startedAt(), transition.at());
        var since = new Figure("Since", Readable.minute(state.startedAt()) + ", " + Readable.duration(lasted));
        var worst = condition.flatMap(
                asked -> state.breach().worst().flatMap(value -> shown(value, asked, isMoreWorse(asked))));
        var trend = condition.flatMap(asked -> state.slopePerHour().flatMap(slope -> trend(slope, asked)));
        return Stream.of(
                        Optional.of(since).filter(line -> lasted.isPositive()),
                        worst.map(value -> new Figure("Worst so far", value)),
                        trend.map(value -> new Figure("Trend", value)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> trend(BigDecimal slope, Condition condition) {
        return shown(slope.abs(), condition, false)
                .map(change -> "%s %s an hour".formatted(slope.signum() < 0 ? "falling" : "rising", change))
                .filter(words -> slope.signum() != 0);
    }

    private static boolean isMoreWorse(Condition condition) {
        return condition instanceof Condition.LoanToValue
                || condition instanceof Condition.HealthDrop
                || condition instanceof Condition.LiquidationProbability
                || condition instanceof Condition.PriceChange;
    }

    /**
     * Empty where the value is no measure of the condition itself.
     *
     * @param up how to round a percentage
     */
    private static Optional<String> shown(BigDecimal value, Condition condition, boolean up) {
        return switch (ReadingJson.unit(condition)) {
            case "healthFactor" -> Optional.of(Readable.ratio(value));
            case "ratio" -> Optional.of(percent(value.movePointRight(2), up));
            case "percent" -> Optional.of(percent(value, up));
            case "probability" -> Optional.of(percent(value.movePointRight(2), up));
            case "bps" -> Optional.of(Readable.bps(value) + " bps");
            case "usd" -> Optional.of(PriceText.usd(value));
            case "seconds" -> Optional.of(Readable.duration(Duration.ofSeconds(value.longValue())));
            default -> Optional.empty();
        };
    }

    private static String percent(BigDecimal percent, boolean up) {
        return (up ? Readable.percentUp(percent) : Readable.distance(percent)) + " %";
    }
}
