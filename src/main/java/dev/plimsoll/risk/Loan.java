package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Collateral and debt of one position, judged together. Either list may be empty; each asset at most once a list.
 *
 * @param priceSource whose word the protocol takes for the price of every asset that it quotes; empty means the market's
 * @param closeFactor the part of the debt that one liquidation may close: 0.5 is half; empty means all of it
 */
public record Loan(
        List<Collateral> collateral, List<Debt> debt, Optional<String> priceSource, Optional<BigDecimal> closeFactor)
        implements Terms {
    public static final String KIND = "declared";

    public Loan {
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
    }

    /** Liquidated on the market's price. */
    public Loan(List<Collateral> collateral, List<Debt> debt) {
        this(collateral, debt, Optional.empty(), Optional.empty());
    }

    /** The same loan with these legs. */
    public Loan with(List<Collateral> otherCollateral, List<Debt> otherDebt) {
        return new Loan(otherCollateral, otherDebt, priceSource, closeFactor);
    }

    /**
     * @param amount           whole tokens, positive
     * @param loanToValue      how much may be borrowed against it; a limit on new debt, never on liquidation
     * @param liquidationBonus what a liquidator gets on top: 0.05 is 5 %
     * @param annualRate       what it earns a year, compounded: 0.03 is 3 %; counts for the time that is left alone, for
     *                         the amount is what its owner says it is
     */
    public record Collateral(
            Asset asset,
            BigDecimal amount,
            LiquidationThreshold threshold,
            Optional<BigDecimal> loanToValue,
            Optional<BigDecimal> liquidationBonus,
            Optional<BigDecimal> annualRate) {

        /** Earns nothing. */
        public Collateral(
                Asset asset,
                BigDecimal amount,
                LiquidationThreshold threshold,
                Optional<BigDecimal> loanToValue,
                Optional<BigDecimal> liquidationBonus) {
            this(asset, amount, threshold, loanToValue, liquidationBonus, Optional.empty());
        }

        /** The same with another amount. */
        public Collateral of(BigDecimal other) {
            return new Collateral(asset, other, threshold, loanToValue, liquidationBonus, annualRate);
        }

        public Collateral {
            if (amount.signum() <= 0) {
                throw new IllegalArgumentException("collateral amount is positive, was " + amount.toPlainString());
            }
        }
    }

    /**
     * @param amount     whole tokens, positive
     * @param annualRate interest a year: 0.052 is 5.2 %
     */
    public record Debt(Asset asset, BigDecimal amount, Optional<BigDecimal> annualRate) {
        public Debt {
            if (amount.signum() <= 0) {
                throw new IllegalArgumentException("debt amount is positive, was " + amount.toPlainString());
            }
        }

        /** What is owed after interest; as written while none has come to it. */
        private BigDecimal grown(Instant since, Instant at, int decimals) {
            var grown = Interest.grown(amount, annualRate, since, at);
            return grown.equals(amount) ? amount : grown.setScale(decimals, RoundingMode.CEILING);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public boolean hasDebt() {
        return !debt.isEmpty();
    }

    /** Some asset is collateral, and bears interest as debt. */
    public boolean owesAtInterestWhatItHolds() {
        return debt.stream()
                .filter(owed -> owed.annualRate().isPresent())
                .anyMatch(owed ->
                        collateral.stream().anyMatch(held -> held.asset().equals(owed.asset())));
    }

    /** The same loan with every debt as it has grown. Rounded up to what {@code decimals} says of its asset. */
    public Loan grown(Instant since, Instant at, ToIntFunction<Asset> decimals) {
        var owed = debt.stream()
                .map(leg ->
                        new Debt(leg.asset(), leg.grown(since, at, decimals.applyAsInt(leg.asset())), leg.annualRate()))
                .toList();
        return with(collateral, owed);
    }

    @Override
    public Set<Asset> assets() {
        var assets = new HashSet<Asset>();
        collateral.forEach(leg -> assets.add(leg.asset()));
        debt.forEach(leg -> assets.add(leg.asset()));
        return Collections.unmodifiableSet(assets);
    }

    @Override
    public Judgement judge(Instant since, MarketSnapshot market, AssetRegistry assets, BigDecimal targetHealthFactor) {
        return Lending.judge(this, since, market, assets, targetHealthFactor);
    }
}
