package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.RAY;

import dev.plimsoll.risk.HealthFactor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One vault of Maker (Sky): one collateral, debt in DAI.
 *
 * @param ink  collateral, a wad
 * @param art  normalised debt, a wad
 * @param rate DAI for a unit of normalised debt, a ray
 * @param spot the price with the safety margin taken off, a ray, see {@link #spot}
 * @see <a href="https://github.com/makerdao/dss/blob/master/src/dog.sol">Dog</a>
 */
public record MakerVault(BigInteger ink, BigInteger art, BigInteger rate, BigInteger spot) implements ProtocolAccount {
    private static final BigInteger WAD_TO_RAY = BigInteger.TEN.pow(9);
    private static final int WAD_DECIMALS = 18;
    private static final int RAY_DECIMALS = 27;
    private static final int RAD_DECIMALS = 45;
    private static final MathContext DOWN = new MathContext(30, RoundingMode.DOWN);
    private static final MathContext UP = new MathContext(60, RoundingMode.UP);

    /**
     * What the Spotter files of a price.
     *
     * @param price what the oracle module shows, a wad
     * @param par   dollars for a DAI, a ray
     * @param mat   the liquidation ratio, a ray: 1.45e27 is 145 %
     */
    public static BigInteger spot(BigInteger price, BigInteger par, BigInteger mat) {
        return Fixed.floor(Fixed.floor(price.multiply(WAD_TO_RAY), RAY, par), RAY, mat);
    }

    /** What is owed, in DAI. */
    public BigDecimal debt() {
        return new BigDecimal(owed(), RAD_DECIMALS);
    }

    /** The most that may be owed at this price, 45 decimals. */
    public BigInteger allowed() {
        return ink.multiply(spot);
    }

    /** 45 decimals. */
    public BigInteger owed() {
        return art.multiply(rate);
    }

    /** A collateral without a price is not liquidated. */
    @Override
    public boolean isLiquidatable() {
        return spot.signum() > 0 && allowed().compareTo(owed()) < 0;
    }

    @Override
    public HealthFactor healthFactor() {
        return owed().signum() == 0
                ? HealthFactor.INFINITE
                : HealthFactor.of(new BigDecimal(allowed()).divide(new BigDecimal(owed()), DOWN));
    }

    /**
     * Dollars a unit of collateral, par being 1; up.
     *
     * @param mat the liquidation ratio, a ray
     */
    public BigDecimal liquidationPrice(BigInteger mat) {
        return debt().multiply(new BigDecimal(mat, RAY_DECIMALS)).divide(new BigDecimal(ink, WAD_DECIMALS), UP);
    }

    /**
     * What one auction leaves.
     *
     * @param tab      what is to be raised, in DAI: the debt with the penalty
     * @param sold     of the collateral, up
     * @param returned to the owner
     * @param loss     the penalty, in DAI
     */
    public record Auction(BigDecimal tab, BigDecimal sold, BigDecimal returned, BigDecimal loss) {
        /** @param chop with the whole: 1.13 is a penalty of 13 % */
        public static Auction of(BigDecimal debt, BigDecimal chop, BigDecimal collateral, BigDecimal price) {
            var tab = debt.multiply(chop);
            var sold = tab.divide(price, UP).min(collateral);
            return new Auction(
                    tab, sold, collateral.subtract(sold), sold.multiply(price).subtract(debt));
        }
    }
}
