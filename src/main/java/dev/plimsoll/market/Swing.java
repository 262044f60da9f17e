package dev.plimsoll.market;

import static java.lang.Double.NaN;

/**
 * How far a believed price went in a minute, in US dollars per whole token: {@link Extremes} as they are kept, decimals of
 * 15 digits, for who looks through a day of minutes. Lower ends are rounded down, upper ends up.
 *
 * @param lowestLow not a number where there was no bounded price, and so the others
 */
public record Swing(double lowestLow, double lowestHigh, double highestLow, double highestHigh) {
    static final Swing UNKNOWN = new Swing(NaN, NaN, NaN, NaN);

    public boolean isKnown() {
        return !Double.isNaN(lowestLow);
    }
}
