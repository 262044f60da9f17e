package dev.plimsoll.market;

import java.math.BigDecimal;

/**
 * How many must speak.
 *
 * @param families      that make a price; with one alone there is nobody who could contradict it
 * @param forOutliers   from which on one that is far off is an outlier: with fewer it may be the only one that is right
 * @param outlierFactor how many times as far off as it may honestly be
 */
record Quorum(int families, int forOutliers, BigDecimal outlierFactor) {
    private static final int LEAST = 2;
    private static final int LEAST_FOR_OUTLIERS = 4;

    Quorum {
        Bounds.atLeast(LEAST, "quorum", families);
        Bounds.atLeast(Math.max(LEAST_FOR_OUTLIERS, families), "outlier-families", forOutliers);
        Bounds.between("1", "10", "outlier-factor", outlierFactor);
    }
}
