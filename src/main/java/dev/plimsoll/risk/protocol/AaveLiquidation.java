package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.BASIS_POINTS;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The most that one {@code liquidationCall} of Aave V3.7 takes from an account.
 *
 * @param repaid       of the debt asset, in its smallest unit
 * @param toLiquidator of the collateral, in its smallest unit; the treasury's share is not in it
 * @param toTreasury   likewise, up
 * @see <a href="https://github.com/aave-dao/aave-v3-origin/blob/main/src/contracts/protocol/libraries/logic/LiquidationLogic.sol">LiquidationLogic</a>
 */
public record AaveLiquidation(BigInteger repaid, BigInteger toLiquidator, BigInteger toTreasury) {
    private static final BigInteger HALF = BigInteger.valueOf(5_000);
    private static final BigInteger SMALL = BigInteger.valueOf(2_000).multiply(Fixed.unit(8));
    private static final BigInteger DEEP = new BigInteger("950000000000000000");
    private static final int BASE_DECIMALS = 8;

    /**
     * One side of the account: the asset that is taken, or the one that is repaid.
     *
     * @param balance of the account, in the token's smallest unit
     * @param price   of a whole token, in US dollars with 8 decimals
     */
    public record Side(BigInteger balance, BigInteger price, int decimals) {
        private BigInteger value() {
            return Fixed.floor(balance, price, Fixed.unit(decimals));
        }

        private BigInteger scale() {
            return Fixed.unit(decimals);
        }
    }

    /**
     * @param bonus       basis points with the whole: 10500 is 5 %
     * @param protocolFee the treasury's share of the bonus, in basis points
     */
    public record Terms(BigInteger bonus, BigInteger protocolFee) {}

    public static AaveLiquidation of(
            Side collateral, Side debt, BigInteger totalDebt, BigInteger healthFactorWad, Terms terms) {
        var closable = closable(collateral, debt, totalDebt, healthFactorWad);
        var bare = debt.price()
                .multiply(closable)
                .multiply(collateral.scale())
                .divide(collateral.price().multiply(debt.scale()));
        var wanted = Fixed.floor(bare, terms.bonus(), BASIS_POINTS);
        return wanted.compareTo(collateral.balance()) > 0
                ? split(covered(collateral, debt, terms), collateral.balance(), terms)
                : split(closable, wanted, terms);
    }

    /**
     * How much of the debt asset may be repaid at once: all of it, unless both sides are worth 2,000 dollars and the health
     * factor is above 0.95; then half of the account's whole debt.
     */
    public static BigInteger closable(Side collateral, Side debt, BigInteger totalDebt, BigInteger healthFactorWad) {
        var half = Fixed.halfUp(totalDebt, HALF, BASIS_POINTS);
        var limited = collateral.value().compareTo(SMALL) >= 0
                && debt.value().compareTo(SMALL) >= 0
                && healthFactorWad.compareTo(DEEP) > 0
                && debt.value().compareTo(half) > 0;
        return limited ? Fixed.floor(half, debt.scale(), debt.price()) : debt.balance();
    }

    /** What all of the collateral pays for. */
    private static BigInteger covered(Side collateral, Side debt, Terms terms) {
        var bare = collateral
                .price()
                .multiply(collateral.balance())
                .multiply(debt.scale())
                .divide(debt.price().multiply(collateral.scale()));
        return Fixed.ceiling(bare, BASIS_POINTS, terms.bonus());
    }

    private static AaveLiquidation split(BigInteger repaid, BigInteger taken, Terms terms) {
        var bonus = taken.subtract(Fixed.halfUp(taken, BASIS_POINTS, terms.bonus()));
        var fee = Fixed.ceiling(bonus, terms.protocolFee(), BASIS_POINTS);
        return new AaveLiquidation(repaid, taken.subtract(fee), fee);
    }

    /** What the borrower loses: collateral taken less debt repaid, in US dollars. */
    public BigDecimal lossUsd(Side collateral, Side debt) {
        return usd(toLiquidator.add(toTreasury), collateral).subtract(usd(repaid, debt));
    }

    private static BigDecimal usd(BigInteger amount, Side side) {
        return new BigDecimal(amount.multiply(side.price()), side.decimals() + BASE_DECIMALS);
    }
}
