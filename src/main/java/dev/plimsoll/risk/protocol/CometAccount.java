package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.WAD;

import dev.plimsoll.risk.HealthFactor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/**
 * A borrower of one Compound V3 market: one base asset owed, several collaterals, each with two weights.
 *
 * @param principal  negative for a borrower
 * @param baseIndex  the borrow index, 15 decimals; asked from outside the contract uses the stored one, liquidation accrues
 * @param basePrice  US dollars, 8 decimals
 * @param baseScale  one whole base token in its smallest unit
 * @param collateral in the market's order of assets
 * @see <a href="https://github.com/compound-finance/comet/blob/main/contracts/Comet.sol">Comet</a>
 */
public record CometAccount(
        BigInteger principal,
        BigInteger baseIndex,
        BigInteger basePrice,
        BigInteger baseScale,
        List<Collateral> collateral)
        implements ProtocolAccount {
    private static final BigInteger INDEX_SCALE = BigInteger.TEN.pow(15);
    private static final int PRICE_DECIMALS = 8;
    private static final MathContext DOWN = new MathContext(30, RoundingMode.DOWN);

    public CometAccount {
        collateral = List.copyOf(collateral);
    }

    /**
     * @param balance           in the token's smallest unit
     * @param price             US dollars, 8 decimals
     * @param scale             one whole token in its smallest unit
     * @param borrowFactor      what it carries of new debt, a wad
     * @param liquidateFactor   what it carries before liquidation, a wad
     * @param liquidationFactor what is credited for it when it is absorbed, a wad
     */
    public record Collateral(
            BigInteger balance,
            BigInteger price,
            BigInteger scale,
            BigInteger borrowFactor,
            BigInteger liquidateFactor,
            BigInteger liquidationFactor) {
        private BigInteger value() {
            return Fixed.floor(balance, price, scale);
        }

        private BigInteger weighted(BigInteger factor) {
            return Fixed.floor(value(), factor, WAD);
        }
    }

    /** What the base balance is worth now, in base units; negative is owed. */
    public BigInteger presentValue() {
        return Fixed.truncated(principal, baseIndex, INDEX_SCALE);
    }

    /** US dollars with 8 decimals; an account is liquidatable below zero. The contract stops summing once it is not. */
    public BigInteger liquidityToLiquidate() {
        return liquidity(Collateral::liquidateFactor);
    }

    /** US dollars with 8 decimals; new debt is refused below zero. */
    public BigInteger liquidityToBorrow() {
        return liquidity(Collateral::borrowFactor);
    }

    private BigInteger liquidity(Function<Collateral, BigInteger> factor) {
        var liquidity = Fixed.truncated(presentValue(), basePrice, baseScale);
        for (var asset : collateral) {
            if (liquidity.signum() >= 0) {
                return liquidity;
            }
            liquidity = liquidity.add(asset.weighted(factor.apply(asset)));
        }
        return liquidity;
    }

    @Override
    public boolean isLiquidatable() {
        return principal.signum() < 0 && liquidityToLiquidate().signum() < 0;
    }

    public boolean isBorrowCollateralized() {
        return principal.signum() >= 0 || liquidityToBorrow().signum() >= 0;
    }

    @Override
    public HealthFactor healthFactor() {
        var debt = Fixed.truncated(presentValue(), basePrice, baseScale).negate();
        var weighted = sum(asset -> asset.weighted(asset.liquidateFactor()));
        return debt.signum() <= 0
                ? HealthFactor.INFINITE
                : HealthFactor.of(new BigDecimal(weighted).divide(new BigDecimal(debt), DOWN));
    }

    /**
     * What is left after the protocol has absorbed the account: all collateral is taken and credited at its liquidation
     * factor.
     *
     * @param credited US dollars
     * @param balance  base units; a surplus becomes a supply, a gap is forgiven
     * @param loss     what the collateral was worth beyond what was credited, US dollars
     */
    public record Absorbed(BigDecimal credited, BigInteger balance, BigDecimal loss) {}

    public Absorbed absorbed() {
        var credit = sum(asset -> asset.weighted(asset.liquidationFactor()));
        var balance =
                presentValue().add(Fixed.floor(credit, baseScale, basePrice)).max(BigInteger.ZERO);
        return new Absorbed(usd(credit), balance, usd(sum(Collateral::value).subtract(credit)));
    }

    private BigInteger sum(Function<Collateral, BigInteger> value) {
        return collateral.stream().map(value).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigDecimal usd(BigInteger value) {
        return new BigDecimal(value, PRICE_DECIMALS);
    }
}
