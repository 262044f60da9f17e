package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Perpetual contracts, linear and settled in US dollars, that share one margin: one leg is isolated, several are cross.
 *
 * @param legs            at least one; each asset at most once on either side
 * @param balance         what was put in, in US dollars, before the profit and loss of the legs; positive
 * @param maintenanceRate the share of the notional at today's price that equity must cover: 0.03 is 3 %
 * @param closingFeeRate  the share of that notional that closing costs: 0.0005 is 0.05 %
 * @param fundingOwed     funding and borrowing cost not yet taken from the balance, in US dollars; negative when the
 *                        venue owes it
 */
public record Margin(
        List<Leg> legs,
        BigDecimal balance,
        BigDecimal maintenanceRate,
        BigDecimal closingFeeRate,
        BigDecimal fundingOwed)
        implements Terms {
    public static final String KIND = "perpetual";

    /** What the margin is counted in. */
    public static final Asset CURRENCY = new Asset("USD");

    /** What a margin is at least, in US dollars. */
    public static final BigDecimal LEAST_BALANCE = new BigDecimal("0.01");

    /** What a margin is at most, in US dollars. */
    public static final BigDecimal MOST_BALANCE = new BigDecimal("1e15");

    public Margin {
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("a margin carries at least one leg, had none");
        }
        if (balance.signum() <= 0) {
            throw new IllegalArgumentException("margin is positive, was " + balance.toPlainString());
        }
        var required = maintenanceRate.add(closingFeeRate);
        if (maintenanceRate.signum() <= 0 || closingFeeRate.signum() < 0 || required.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("maintenance and closing fee lie between 0 and 1, were "
                    + maintenanceRate.toPlainString() + " and " + closingFeeRate.toPlainString());
        }
    }

    /** Which way it gains. */
    public enum Side {
        LONG,
        SHORT
    }

    /**
     * @param size       whole tokens, positive
     * @param entryPrice in US dollars, positive
     */
    public record Leg(Asset asset, Side side, BigDecimal size, BigDecimal entryPrice) {
        public Leg {
            if (size.signum() <= 0 || entryPrice.signum() <= 0) {
                throw new IllegalArgumentException("size and entry price are positive, were " + size.toPlainString()
                        + " and " + entryPrice.toPlainString());
            }
        }

        /** Whole tokens: positive when it gains by a rise, negative when by a fall. */
        public BigDecimal signedSize() {
            return side == Side.LONG ? size : size.negate();
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<Asset> assets() {
        return legs.stream().map(Leg::asset).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean hasDebt() {
        return true;
    }

    @Override
    public Judgement judge(Instant since, MarketSnapshot market, AssetRegistry assets, BigDecimal targetHealthFactor) {
        return Perpetuals.judge(this, market, assets, targetHealthFactor);
    }

    /** The same contracts on so much. */
    public Margin withBalance(BigDecimal usd) {
        return new Margin(legs, usd, maintenanceRate, closingFeeRate, fundingOwed);
    }

    /** What equity must cover, as a share of the notional: maintenance margin and closing fee. */
    public BigDecimal requiredRate() {
        return maintenanceRate.add(closingFeeRate);
    }

    /** Equity at prices of zero, in US dollars: the margin less what is owed and what the legs were entered at. */
    public BigDecimal fixed() {
        return legs.stream()
                .map(leg -> leg.signedSize().multiply(leg.entryPrice()))
                .reduce(balance.subtract(fundingOwed), BigDecimal::subtract);
    }
}
