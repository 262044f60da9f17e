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
 * An account of Compound V2 and its forks (Venus, Moonwell). Values are US dollars with 18 decimals.
 *
 * @param entered the markets it has entered, or owes in
 * @see <a href="https://github.com/compound-finance/compound-protocol/blob/master/contracts/Comptroller.sol">Comptroller</a>
 */
public record CompoundAccount(List<Market> entered) implements ProtocolAccount {
    private static final MathContext DOWN = new MathContext(30, RoundingMode.DOWN);

    public CompoundAccount {
        entered = List.copyOf(entered);
    }

    /**
     * @param cTokens          supplied, in the cToken's smallest unit
     * @param borrowed         in the underlying's smallest unit, accrued
     * @param exchangeRate     underlying for a cToken, 18 decimals beside those of both tokens
     * @param collateralFactor a wad
     * @param price            of the underlying, with 36 less its decimals
     */
    public record Market(
            BigInteger cTokens,
            BigInteger borrowed,
            BigInteger exchangeRate,
            BigInteger collateralFactor,
            BigInteger price) {

        /** Truncated after every product, as the contract does. */
        private BigInteger weighted() {
            var factor = Fixed.floor(Fixed.floor(collateralFactor, exchangeRate, WAD), price, WAD);
            return Fixed.floor(factor, cTokens, WAD);
        }

        private BigInteger owed() {
            return Fixed.floor(price, borrowed, WAD);
        }
    }

    /** By how much the debt exceeds what the collateral carries; zero where it does not. */
    public BigInteger shortfall() {
        return Fixed.excess(sum(Market::owed), sum(Market::weighted));
    }

    @Override
    public boolean isLiquidatable() {
        return shortfall().signum() > 0;
    }

    @Override
    public HealthFactor healthFactor() {
        var owed = sum(Market::owed);
        return owed.signum() == 0
                ? HealthFactor.INFINITE
                : HealthFactor.of(new BigDecimal(sum(Market::weighted)).divide(new BigDecimal(owed), DOWN));
    }

    /**
     * What one call takes at most.
     *
     * @param repaid of the debt, US dollars
     * @param seized of the collateral, US dollars
     */
    public record Seizure(BigDecimal repaid, BigDecimal seized) {
        public BigDecimal loss() {
            return seized.subtract(repaid);
        }
    }

    /**
     * @param closeFactor how much of one borrow a call may repay, a wad
     * @param incentive   what the liquidator gets for it, with the whole, a wad
     */
    public static Seizure seizure(Market debt, BigInteger closeFactor, BigInteger incentive) {
        var repaid = Fixed.floor(debt.price(), Fixed.floor(debt.borrowed(), closeFactor, WAD), WAD);
        return new Seizure(Fixed.wad(repaid), Fixed.wad(Fixed.floor(repaid, incentive, WAD)));
    }

    private BigInteger sum(Function<Market, BigInteger> value) {
        return entered.stream().map(value).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
