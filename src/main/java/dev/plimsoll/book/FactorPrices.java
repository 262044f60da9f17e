package dev.plimsoll.book;

/**
 * What every factor is worth in one tick, in US dollars, by its number.
 *
 * @param points not a number where the ends differ
 */
record FactorPrices(double[] low, double[] high, double[] points) {
    static final FactorPrices NONE = new FactorPrices(0);

    /** One at least, for slots without legs to have nothing of. */
    FactorPrices(int factors) {
        this(new double[Math.max(1, factors)], new double[Math.max(1, factors)], new double[Math.max(1, factors)]);
    }

    void set(int factor, double lowest, double highest) {
        low[factor] = lowest;
        high[factor] = highest;
        points[factor] = lowest == highest ? lowest : Double.NaN;
    }

    boolean isAnything(int factor) {
        return low[factor] == 0 && high[factor] == Double.POSITIVE_INFINITY
                || low[factor] == Double.NEGATIVE_INFINITY && high[factor] == 0;
    }
}
