package dev.plimsoll.risk.venue;

import dev.plimsoll.risk.Margin.Side;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One position of a Hyperliquid cross account, in USDC at the mark price. Liquidated when the account's value falls below
 * the maintenance margin of all its positions.
 *
 * @param size             whole tokens, positive
 * @param accountValue     with the profit and loss of every position
 * @param otherMaintenance of the account's other positions, at their marks
 * @see <a href="https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations">Hyperliquid, liquidations</a>
 */
public record CrossPosition(
        Side side,
        BigDecimal size,
        BigDecimal mark,
        BigDecimal accountValue,
        BigDecimal otherMaintenance,
        MarginTiers tiers) {

    public BigDecimal maintenance() {
        return tiers.maintenance(size.multiply(mark));
    }

    /** What the account's value is above all maintenance; negative when it can be liquidated. */
    public BigDecimal marginAvailable() {
        return accountValue.subtract(otherMaintenance).subtract(maintenance());
    }

    public boolean isLiquidatable() {
        return marginAvailable().signum() < 0;
    }

    /** The nearest mark price at which it is liquidated, other marks standing still; empty when there is none. */
    public Optional<BigDecimal> liquidationPrice() {
        var prices = tiers.bands().stream().flatMap(band -> within(band).stream());
        return switch (side) {
            case LONG -> prices.max(BigDecimal::compareTo);
            case SHORT -> prices.min(BigDecimal::compareTo);
        };
    }

    /** Where value + side × size × (price − mark) is what this tier asks, if the notional there lies in the tier. */
    private Optional<BigDecimal> within(MarginTiers.Band band) {
        var signed = side == Side.LONG ? size : size.negate();
        var slope = signed.subtract(size.multiply(band.tier().rate(), MarginTiers.WORK));
        var atZero =
                accountValue.subtract(otherMaintenance).add(band.deduction()).subtract(signed.multiply(mark));
        return Stream.of(slope)
                .filter(it -> it.signum() != 0)
                .map(it -> atZero.negate().divide(it, MarginTiers.WORK))
                .filter(price -> price.signum() > 0 && isWithin(band, size.multiply(price)))
                .findFirst();
    }

    private boolean isWithin(MarginTiers.Band band, BigDecimal notional) {
        return notional.compareTo(band.tier().lowerBound()) >= 0
                && tiers.tiers().stream()
                        .map(MarginTiers.Tier::lowerBound)
                        .filter(bound -> bound.compareTo(band.tier().lowerBound()) > 0)
                        .allMatch(bound -> notional.compareTo(bound) < 0);
    }
}
