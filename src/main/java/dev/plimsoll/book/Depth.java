package dev.plimsoll.book;

import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.rule.Threshold.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * From where on the worst value of an open alert is to be taken anew. Not from the smallest change on: in a falling market
 * each tick would look at, and write, every alert there is. So the worst value that is known is never farther from the
 * true one than one hundredth of the room to liquidation; than a thousandth of itself where there is no such room.
 */
final class Depth {
    private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
    private static final BigDecimal THOUSANDTH = new BigDecimal("0.001");

    /** Of the value itself, next to liquidation: there a hundredth of the room is less than prices can be told apart by. */
    private static final BigDecimal LEAST = new BigDecimal("0.00001");

    private Depth() {}

    /** Of a rule on a position, in the unit of its reading; empty while nothing is open or measured. */
    static Optional<Threshold> next(Decided decided) {
        var side = decided.seen().worse();
        return worst(decided)
                .map(worst -> beyond(worst, step(decided.rule().condition(), worst), side))
                .map(edge -> new Threshold(side, edge, edge));
    }

    /**
     * Of a rule on an asset, in the unit of this reading: the worst value is in the unit that is shown, a multiple of it.
     */
    static Optional<BigDecimal> next(Decided decided, Reading reading) {
        var side = decided.seen().worse();
        var shown = decided.seen().value().filter(value -> value.signum() > 0);
        var read = agreed(reading, side);
        return worst(decided)
                .flatMap(worst -> shown.flatMap(value -> read.map(now -> beyond(worst, worst.multiply(THOUSANDTH), side)
                        .multiply(now)
                        .divide(value, MathContext.DECIMAL64))));
    }

    private static Optional<BigDecimal> worst(Decided decided) {
        return decided.state().breach().worst().filter(any -> decided.state().isOpen());
    }

    private static BigDecimal step(Condition condition, BigDecimal worst) {
        var least = worst.multiply(LEAST);
        return switch (condition) {
            case Condition.HealthFactor ignored ->
                worst.subtract(BigDecimal.ONE).abs().multiply(HUNDREDTH).max(least);
            case Condition.LiquidationDistance ignored ->
                worst.multiply(HUNDREDTH).max(LEAST);
            case Condition.OnPosition ignored -> worst.abs().multiply(THOUSANDTH);
            case Condition.OnAsset ignored -> worst.abs().multiply(THOUSANDTH);
            case Condition.Blind ignored -> BigDecimal.ZERO;
        };
    }

    private static BigDecimal beyond(BigDecimal worst, BigDecimal step, Side side) {
        return side == Side.BELOW ? worst.subtract(step) : worst.add(step);
    }

    private static Optional<BigDecimal> agreed(Reading reading, Side side) {
        return reading instanceof Reading.Measured(var low, var high)
                ? (side == Side.BELOW ? high : Optional.of(low))
                : Optional.empty();
    }
}
