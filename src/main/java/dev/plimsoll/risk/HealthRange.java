package dev.plimsoll.risk;

/**
 * The health factor over everything the sources say: the lowest and the highest it can be with every price inside its
 * range. An asset that is both collateral and debt has one price, not two.
 */
public record HealthRange(HealthFactor low, HealthFactor high) {
    public HealthRange {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("a health range starts at its low end, was " + low + " to " + high);
        }
    }

    /** Liquidatable whichever source is right. */
    public boolean isCertainlyLiquidatable() {
        return high.isLiquidatable();
    }

    /** Liquidatable if the most dangerous source is right. */
    public boolean mayBeLiquidatable() {
        return low.isLiquidatable();
    }
}
