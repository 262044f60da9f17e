package dev.plimsoll.rule;

import java.math.BigDecimal;

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
