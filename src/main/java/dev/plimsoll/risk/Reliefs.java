package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The least payments after which the chance to touch liquidation within a time is small enough, each alone.
 *
 * <p>Found by halving, as the chance falls with the payment, and held against the chance that remains: what does not
 * bring it there is not advised.
 */
public final class Reliefs {
    private static final int HALVINGS = 45;
    private static final int CENTS = 2;

    /** More than this many times what is there already is no advice. */
    private static final BigDecimal MOST_TIMES = BigDecimal.valueOf(1_000);

    private final Health health;
    private final AssetRegistry assets;
    private final BigDecimal acceptable;
    private final Duration within;

    /** @param acceptable from 0 to 1, at least the 0.0001 that a chance is rounded up to */
    public Reliefs(Health health, AssetRegistry assets, BigDecimal acceptable, Duration within) {
        this.health = health;
        this.assets = assets;
        this.acceptable = acceptable;
        this.within = within;
    }

    /** What to repay before what to add, the cheapest repayment first. None where the chance is small enough, or not known. */
    public List<Relief> all() {
        return health.outlook()
                .map(outlook -> outlook.chance(within))
                .filter(chance -> chance.compareTo(acceptable) > 0)
                .map(chance -> payments().toList())
                .orElse(List.of());
    }

    private Stream<Relief> payments() {
        return switch (health.terms()) {
            case Loan loan ->
                Stream.concat(repayments(), loan.collateral().stream().flatMap(held -> addition(held).stream()));
            case Margin ignored -> margin().stream();
        };
    }

    private Stream<Relief> repayments() {
        return health.exposures().stream()
                .filter(e -> e.debt().signum() > 0)
                .flatMap(owed -> repayment(owed).stream())
                .sorted(Comparator.comparing(this::cost));
    }

    private BigDecimal cost(Relief repayment) {
        return repayment
                .payment()
                .amount()
                .multiply(exposure(repayment.payment().asset()).price().low());
    }

    private Optional<Relief> repayment(Exposure owed) {
        var most = rounded(owed.asset(), owed.debt());
        return least(most, scale(owed.asset()), amount -> with(owed, owed.repaid(amount)))
                .flatMap(amount -> relief(
                        with(owed, owed.repaid(amount)),
                        factor -> new Advice.Option.Repay(owed.asset(), amount, factor)));
    }

    private Optional<Relief> addition(Loan.Collateral held) {
        var exposure = exposure(held.asset());
        var weight = held.threshold().weight();
        return least(
                        held.amount().multiply(MOST_TIMES),
                        scale(held.asset()),
                        amount -> with(exposure, exposure.plus(amount, weight)))
                .flatMap(amount -> relief(
                        with(exposure, exposure.plus(amount, weight)),
                        factor -> new Advice.Option.Add(held.asset(), amount, factor)));
    }

    private Optional<Relief> margin() {
        var most = health.debtValue().max(health.collateralValue().abs()).multiply(MOST_TIMES);
        return least(most, CENTS, this::withCash)
                .flatMap(amount -> relief(
                        withCash(amount), factor -> new Advice.Option.AddMargin(Margin.CURRENCY, amount, factor)));
    }

    /** Rounded up to so many decimals; empty when not even the most suffices. */
    private Optional<BigDecimal> least(BigDecimal most, int decimals, Function<BigDecimal, List<Exposure>> after) {
        if (!suffices(after.apply(most))) {
            return Optional.empty();
        }
        var little = BigDecimal.ZERO;
        var enough = most;
        for (var halving = 0; halving < HALVINGS; halving++) {
            var middle = little.add(enough).divide(BigDecimal.TWO).round(Precision.AMOUNT);
            if (suffices(after.apply(middle))) {
                enough = middle;
            } else {
                little = middle;
            }
        }
        return Optional.of(enough.setScale(decimals, RoundingMode.CEILING).min(most));
    }

    private Optional<Relief> relief(List<Exposure> after, Function<HealthFactor, Advice.Option> payment) {
        return chance(after)
                .filter(chance -> chance.compareTo(acceptable) <= 0)
                .map(chance -> new Relief(payment.apply(new Extremes(after).lowest()), chance));
    }

    private boolean suffices(List<Exposure> after) {
        return chance(after).filter(chance -> chance.compareTo(acceptable) <= 0).isPresent();
    }

    private Optional<BigDecimal> chance(List<Exposure> after) {
        return Outlook.of(after, health.market(), assets).map(outlook -> outlook.chance(within));
    }

    private List<Exposure> with(Exposure before, Exposure changed) {
        return health.exposures().stream().map(e -> e == before ? changed : e).toList();
    }

    private List<Exposure> withCash(BigDecimal usd) {
        return Stream.concat(health.exposures().stream(), Stream.of(Exposure.cash(usd)))
                .toList();
    }

    private Exposure exposure(Asset asset) {
        return health.exposures().stream()
                .filter(e -> e.asset().equals(asset))
                .findFirst()
                .orElseThrow();
    }

    private BigDecimal rounded(Asset asset, BigDecimal amount) {
        return amount.setScale(scale(asset), RoundingMode.CEILING);
    }

    private int scale(Asset asset) {
        return assets.info(asset).decimals();
    }
}
