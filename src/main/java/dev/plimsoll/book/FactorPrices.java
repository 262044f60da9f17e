package dev.plimsoll.book;

/**
 * What every factor is worth in one tick, in US dollars, by its number.
 *
 * @param points not a number where the ends differ
 */
record FactorPrices(double[] low, double[] high, double[] points) {
    static final FactorPrices NONE = new FactorPrices(0);

    FactorPrices(int factors) {
        this(new double[factors], new double[factors], new double[factors]);
    }

    void set(int factor, double lowest, double highest) {
        low[factor] = lowest;
        high[factor] = highest;
        points[factor] = lowest == highest ? lowest : Double.NaN;
    }

    boolean isAnything(int factor) {
        return low[factor] == 0 && high[factor] == Double.POSITIVE_INFINITY;
    }
}
