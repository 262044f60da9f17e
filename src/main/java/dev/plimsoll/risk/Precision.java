package dev.plimsoll.risk;

import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How exactly we compute. Sums and products keep 40 digits, results 30, both to the nearest: what is exactly at its
 * threshold (a ratio of 1.5 has the weight 0.666…) comes out as exactly 1. Directed rounding happens once, when shown.
 */
final class Precision {
    static final MathContext WORK = new MathContext(40, RoundingMode.HALF_EVEN);
    static final MathContext RESULT = new MathContext(30, RoundingMode.HALF_EVEN);

    /**
     * Amounts of advice and of what may be taken out, before they are rounded to the token's decimals: finer than a
     * result, so that what reaches the target still does, and coarser than the work, so that an exact 2.5 does not become
     * one unit more or less.
     */
    static final MathContext AMOUNT = new MathContext(36, RoundingMode.HALF_EVEN);

    private Precision() {}
}
