package dev.plimsoll.book;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;

/**
 * What moves a leg: the price of an asset, times the growth of what is owed in it at one rate.
 *
 * @param annualRate compounded continuously over years of 365 days; zero for collateral and for debt without interest
 */
record Factor(Asset asset, double annualRate) {

    private static final double SECONDS_A_YEAR = 365.0 * 24 * 60 * 60;

    /** Beyond e to this power either way a double keeps too few digits or none. */
    private static final double LARGEST_EXPONENT = 500;

    static Factor of(Asset asset, BigDecimal annualRate) {
        return new Factor(asset, annualRate.doubleValue());
    }

    boolean bearsInterest() {
        return annualRate != 0;
    }

    /** e to the rate times these years; not a number where a double cannot carry it, so that it selects. */
    double growth(double seconds) {
        var exponent = annualRate * (seconds / SECONDS_A_YEAR);
        return Math.abs(exponent) <= LARGEST_EXPONENT ? Math.exp(exponent) : Double.NaN;
    }
}
