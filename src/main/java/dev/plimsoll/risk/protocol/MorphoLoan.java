package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.WAD;

import dev.plimsoll.risk.HealthFactor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * One borrower in one market of Morpho Blue: one collateral, one loan asset.
 *
 * @param collateral in the token's smallest unit
 * @param shares     of the market's debt
 * @param market     accrued to the instant that is asked about
 * @see <a href="https://github.com/morpho-org/morpho-blue/blob/main/src/Morpho.sol">Morpho</a>
 */
public record MorphoLoan(BigInteger collateral, BigInteger shares, Market market) implements ProtocolAccount {
    private static final BigInteger PRICE_SCALE = BigInteger.TEN.pow(36);
    private static final BigInteger VIRTUAL_SHARES = BigInteger.TEN.pow(6);
    private static final BigInteger MOST_INCENTIVE = new BigInteger("1150000000000000000");
    private static final BigInteger CURSOR = new BigInteger("300000000000000000");
    private static final BigInteger TWO_WADS = WAD.shiftLeft(1);
    private static final BigInteger THREE_WADS = WAD.multiply(BigInteger.valueOf(3));
    private static final MathContext UP = new MathContext(40, RoundingMode.UP);

    /**
     * @param borrowedAssets of all borrowers, in the loan asset's smallest unit
     * @param borrowedShares of all borrowers
     * @param price          loan asset for collateral, both in their smallest unit, 36 decimals
     * @param lltv           the share of the collateral that carries debt, a wad; never changes
     */
    public record Market(BigInteger borrowedAssets, BigInteger borrowedShares, BigInteger price, BigInteger lltv) {}

    /** In the loan asset's smallest unit, up. */
    public BigInteger borrowed() {
        return Fixed.ceiling(
                shares,
                market.borrowedAssets().add(BigInteger.ONE),
                market.borrowedShares().add(VIRTUAL_SHARES));
    }

    /** The most that may be owed, in the loan asset's smallest unit. */
    public BigInteger maxBorrow() {
        return Fixed.floor(Fixed.floor(collateral, market.price(), PRICE_SCALE), market.lltv(), WAD);
    }

    @Override
    public boolean isLiquidatable() {
        return maxBorrow().compareTo(borrowed()) < 0;
    }

    @Override
    public HealthFactor healthFactor() {
        return borrowed().signum() == 0
                ? HealthFactor.INFINITE
                : HealthFactor.of(Fixed.wad(Fixed.floor(maxBorrow(), WAD, borrowed())));
    }

    /** Whole loan tokens for a whole token of collateral, up. */
    public BigDecimal liquidationPrice(int collateralDecimals, int loanDecimals) {
        return new BigDecimal(borrowed(), loanDecimals)
                .divide(new BigDecimal(collateral, collateralDecimals).multiply(Fixed.wad(market.lltv())), UP);
    }

    /** What a liquidator gets for what it repays, with the whole, a wad. There is no close factor: it may take all. */
    public static BigInteger incentive(BigInteger lltv) {
        var discount = Fixed.floor(CURSOR, WAD.subtract(lltv), WAD);
        return MOST_INCENTIVE.min(Fixed.floor(WAD, WAD, WAD.subtract(discount)));
    }

    /** The share that compounding adds over this time, a wad: three terms of the exponential series. */
    public static BigInteger growth(BigInteger ratePerSecond, Duration elapsed) {
        var first = ratePerSecond.multiply(BigInteger.valueOf(elapsed.toSeconds()));
        var second = Fixed.floor(first, first, TWO_WADS);
        return first.add(second).add(Fixed.floor(second, first, THREE_WADS));
    }

    /** What all borrowers owe more after this time, in the loan asset's smallest unit. */
    public static BigInteger interest(BigInteger borrowedAssets, BigInteger ratePerSecond, Duration elapsed) {
        return Fixed.floor(borrowedAssets, growth(ratePerSecond, elapsed), WAD);
    }
}
