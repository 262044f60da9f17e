package dev.plimsoll.risk.venue;

import dev.plimsoll.risk.Margin.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * A GMX v2 position: what must be left and the closing fee are shares of the size in US dollars at entry, which does not
 * move with the price. Price impact and the smallest collateral in dollars are left out.
 *
 * @param sizeInUsd        at entry
 * @param sizeInTokens     what the size bought, in whole tokens
 * @param collateral       whole tokens of the index token, or US dollars
 * @param inIndexToken     the collateral is the index token, so its worth moves with the price
 * @param leastFactor      the market's minCollateralFactorForLiquidation: 0.01 is 1 %
 * @param positionFee      for closing: 0.0006 is 0.06 %
 * @param accrued          borrowing and funding not yet paid, in US dollars
 * @see <a href="https://github.com/gmx-io/gmx-synthetics/blob/main/contracts/position/PositionUtils.sol">GMX v2,
 *     PositionUtils.isPositionLiquidatable</a>
 */
public record GmxPosition(
        Side side,
        BigDecimal sizeInUsd,
        BigDecimal sizeInTokens,
        BigDecimal collateral,
        boolean inIndexToken,
        BigDecimal leastFactor,
        BigDecimal positionFee,
        BigDecimal accrued) {

    /** What must be left of the collateral, in US dollars. */
    public BigDecimal leastCollateral() {
        return sizeInUsd.multiply(leastFactor);
    }

    /** Collateral with profit and loss, less the closing fee and what accrued, in US dollars. */
    public BigDecimal remaining(BigDecimal price) {
        return fixed().add(moving().multiply(price));
    }

    public boolean isLiquidatable(BigDecimal price) {
        var remaining = remaining(price);
        return remaining.signum() <= 0 || remaining.compareTo(leastCollateral()) < 0;
    }

    /** Empty when no price does it. */
    public Optional<BigDecimal> liquidationPrice() {
        return Optional.of(moving())
                .filter(tokens -> tokens.signum() != 0)
                .map(tokens -> leastCollateral().subtract(fixed()).divide(tokens, MathContext.DECIMAL128))
                .filter(price -> price.signum() > 0);
    }

    /** Tokens that what remains gains with the price. */
    private BigDecimal moving() {
        var held = inIndexToken ? collateral : BigDecimal.ZERO;
        return switch (side) {
            case LONG -> held.add(sizeInTokens);
            case SHORT -> held.subtract(sizeInTokens);
        };
    }

    private BigDecimal fixed() {
        var costs = sizeInUsd.multiply(positionFee).add(accrued);
        var held = inIndexToken ? BigDecimal.ZERO : collateral;
        return switch (side) {
            case LONG -> held.subtract(sizeInUsd).subtract(costs);
            case SHORT -> held.add(sizeInUsd).subtract(costs);
        };
    }
}
