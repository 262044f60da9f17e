package dev.plimsoll.rule;

import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Where one level fires and where it clears, as plain numbers in the unit of its reading.
 *
 * @param clear on the safe side of {@code limit}; the hysteresis lies between the two
 */
public record Threshold(Side side, BigDecimal limit, BigDecimal clear) {

    public enum Side {
        /** Fires strictly below the limit, clears at or above the clearing value. */
        BELOW,
        /** Fires strictly above the limit, clears at or below the clearing value. */
        ABOVE
    }

    /** Between feeds that all do their duty; where a level says nothing. */
    private static final Duration USUAL_SKEW = Duration.ofMinutes(10);

    private static final BigDecimal TWO_PERCENT_UP = new BigDecimal("1.02");
    private static final BigDecimal TWO_PERCENT_DOWN = new BigDecimal("0.98");
    private static final BigDecimal QUARTER_UP = new BigDecimal("1.25");
    private static final BigDecimal SEVENTY_PERCENT = new BigDecimal("0.7");
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Of a level of a position's condition, whose limit may be automatic.
     *
     * <p>A probability clears at seven tenths of its limit: it moves several times as far as the price does.
     *
     * <p>A skew between feeds is compared in seconds and is clear as soon as it is not beyond the limit: the hold before
     * clearing keeps it from flapping.
     */
    public static Threshold of(Condition condition, Level level, Terms terms, AssetRegistry assets) {
        if (condition instanceof Condition.FeedSkew) {
            return above(level, Staleness.seconds(skew(level)), BigDecimal.ONE);
        }
        if (condition instanceof Condition.OracleGap && level.limit() instanceof Level.Limit.Auto) {
            return above(level, gap(level, terms, assets), SEVENTY_PERCENT);
        }
        if (condition instanceof Condition.LiquidationProbability
                && level.limit() instanceof Level.Limit.Above(var chance)) {
            return above(level, chance, SEVENTY_PERCENT);
        }
        return level.limit() instanceof Level.Limit.Auto
                ? distance(level, AutoDistance.of(condition, terms, assets).at(level.severity()))
                : of(level);
    }

    /** A quarter of the distance at which one would be told that liquidation is near, in basis points. */
    private static BigDecimal gap(Level level, Terms terms, AssetRegistry assets) {
        return AutoDistance.of(Optional.empty(), terms, assets)
                .at(level.severity())
                .movePointRight(2)
                .divide(FOUR);
    }

    /** From where on a level of the condition {@code feed-skew} matters. */
    public static Duration skew(Level level) {
        return level.limit() instanceof Level.Limit.After(var value) ? value : USUAL_SKEW;
    }

    /**
     * Of a level of an asset's condition, in the unit of {@link Measure#of(Level.Limit)}.
     *
     * <p>What moved in a window, and what is old, is clear as soon as it is not beyond the limit: the window itself and the
     * hold before clearing keep it from flapping.
     */
    public static Threshold of(Condition.OnAsset condition, Level level) {
        return switch (level.limit()) {
            case Level.Limit.After(var value) -> above(level, Staleness.seconds(value), BigDecimal.ONE);
            case Level.Limit.Within ignored -> of(level);
            case Level.Limit.Auto ignored -> above(level, BigDecimal.ONE, clearing(condition));
            case Level.Limit.Below ignored -> of(level);
            case Level.Limit.Above ignored -> of(level);
            case Level.Limit.Percent ignored -> of(level);
            case Level.Limit.Moved ignored -> of(level);
            case Level.Limit.Bps ignored -> of(level);
        };
    }

    /** In parts of what a feed may do by itself. */
    private static BigDecimal clearing(Condition.OnAsset condition) {
        return condition instanceof Condition.PriceDivergence ? SEVENTY_PERCENT : BigDecimal.ONE;
    }

    private static Threshold above(Level level, BigDecimal limit, BigDecimal clearing) {
        return new Threshold(Side.ABOVE, limit, level.clear().orElseGet(() -> limit.multiply(clearing)));
    }

    /** @throws IllegalArgumentException when the limit is a duration, or automatic where only a number can be */
    public static Threshold of(Level level) {
        return switch (level.limit()) {
            case Level.Limit.Below(var value) ->
                new Threshold(Side.BELOW, value, level.clear().orElseGet(() -> value.multiply(TWO_PERCENT_UP)));
            case Level.Limit.Above(var value) ->
                new Threshold(Side.ABOVE, value, level.clear().orElseGet(() -> value.multiply(TWO_PERCENT_DOWN)));
            case Level.Limit.Percent(var value) -> distance(level, value);
            case Level.Limit.Moved(var percent) -> above(level, percent, BigDecimal.ONE);
            case Level.Limit.Bps(var value) -> above(level, value, SEVENTY_PERCENT);
            case Level.Limit.Within(var value) -> within(level, Staleness.seconds(value));
            case Level.Limit.After ignored -> throw new IllegalArgumentException("a duration is no threshold");
            case Level.Limit.Auto ignored -> throw new IllegalArgumentException("nothing says what auto means here");
        };
    }

    /** A price that moves by a thousandth moves the time by a week at 5 % a year, so it clears at twice the limit only. */
    private static Threshold within(Level level, BigDecimal seconds) {
        return new Threshold(Side.BELOW, seconds, level.clear().orElseGet(() -> seconds.multiply(BigDecimal.TWO)));
    }

    private static Threshold distance(Level level, BigDecimal percent) {
        return new Threshold(Side.BELOW, percent, level.clear().orElseGet(() -> defaultClear(percent)));
    }

    /**
     * Two points or a quarter more, the larger; but never beyond half the way to 100 %, which no falling price can be
     * away from.
     */
    private static BigDecimal defaultClear(BigDecimal percent) {
        var further = percent.add(BigDecimal.TWO).max(percent.multiply(QUARTER_UP));
        return percent.compareTo(HUNDRED) < 0 ? further.min(percent.add(HUNDRED).divide(BigDecimal.TWO)) : further;
    }

    /** What an alert that is off has to be asked. */
    public Evaluation toFire(Reading reading) {
        return evaluate(reading, limit);
    }

    /** What an alert that is on has to be asked. */
    public Evaluation toClear(Reading reading) {
        return evaluate(reading, clear);
    }

    private Evaluation evaluate(Reading reading, BigDecimal edge) {
        return switch (reading) {
            case Reading.Unreadable unreadable -> new Evaluation.Unknown(unreadable.why());
            case Reading.Inapplicable ignored -> new Evaluation.Clear();
            case Reading.OutOfReach ignored -> side == Side.BELOW ? new Evaluation.Clear() : new Evaluation.Breached();
            case Reading.Measured measured ->
                switch (side) {
                    case BELOW -> below(measured, edge);
                    case ABOVE -> above(measured, edge);
                };
        };
    }

    private static Evaluation below(Reading.Measured measured, BigDecimal edge) {
        if (measured.low().compareTo(edge) >= 0) {
            return new Evaluation.Clear();
        }
        return measured.high().isPresent() && measured.high().get().compareTo(edge) < 0
                ? new Evaluation.Breached()
                : disagree(measured, edge);
    }

    private static Evaluation above(Reading.Measured measured, BigDecimal edge) {
        if (measured.low().compareTo(edge) > 0) {
            return new Evaluation.Breached();
        }
        return measured.high().isPresent() && measured.high().get().compareTo(edge) <= 0
                ? new Evaluation.Clear()
                : disagree(measured, edge);
    }

    private static Evaluation disagree(Reading.Measured measured, BigDecimal edge) {
        var high = measured.high().map(BigDecimal::toPlainString).orElse("anything");
        return new Evaluation.Unknown("the sources allow %s to %s, on both sides of %s"
                .formatted(measured.low().toPlainString(), high, edge.toPlainString()));
    }
}
