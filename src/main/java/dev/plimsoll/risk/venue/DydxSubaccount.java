package dev.plimsoll.risk.venue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * A dYdX v4 subaccount after funding is settled, in quote quantums of 10^-6 USDC as the chain counts them, at the oracle's
 * prices.
 *
 * @param quoteBalance negative when USDC is owed
 * @see <a href="https://github.com/dydxprotocol/v4-chain/blob/main/protocol/lib/margin/risk.go">dYdX v4, margin risk</a>
 */
public record DydxSubaccount(BigInteger quoteBalance, List<Position> positions) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    public DydxSubaccount {
        positions = List.copyOf(positions);
    }

    /**
     * @param notional            size × oracle price, negative when short, truncated toward zero
     * @param initialMargin       of the liquidity tier, in parts per million
     * @param maintenanceFraction of the initial margin, in parts per million
     */
    public record Position(BigInteger notional, long initialMargin, long maintenanceFraction) {

        /** Rounded up. */
        public BigInteger initialMarginRequired() {
            return share(notional.abs(), initialMargin);
        }

        /** Rounded up from what was rounded up before. */
        public BigInteger maintenanceMarginRequired() {
            return share(initialMarginRequired(), maintenanceFraction);
        }
    }

    public BigInteger netCollateral() {
        return positions.stream().map(Position::notional).reduce(quoteBalance, BigInteger::add);
    }

    public BigInteger maintenanceMarginRequired() {
        return positions.stream().map(Position::maintenanceMarginRequired).reduce(BigInteger.ZERO, BigInteger::add);
    }

    public boolean isLiquidatable() {
        var required = maintenanceMarginRequired();
        return required.signum() > 0 && required.compareTo(netCollateral()) > 0;
    }

    /**
     * The oracle price at which a subaccount with one position is liquidated, without the chain's rounding; empty when no
     * price does it.
     *
     * @param size                whole tokens, negative when short
     * @param quote               whole USDC, negative when owed
     * @param maintenanceFraction of the notional: 0.012 is 1.2 %
     */
    public static Optional<BigDecimal> liquidationPrice(
            BigDecimal size, BigDecimal quote, BigDecimal maintenanceFraction) {
        var carried = size.subtract(size.abs().multiply(maintenanceFraction));
        return Optional.of(carried)
                .filter(it -> it.signum() != 0)
                .map(it -> quote.negate().divide(it, MathContext.DECIMAL128))
                .filter(price -> price.signum() > 0);
    }

    private static BigInteger share(BigInteger of, long partsPerMillion) {
        var parts = of.multiply(BigInteger.valueOf(partsPerMillion)).divideAndRemainder(MILLION);
        return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
    }
}
