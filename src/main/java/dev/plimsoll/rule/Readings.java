package dev.plimsoll.rule;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Distance;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.HealthRange;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.RatioRange;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Measures conditions. */
public final class Readings {
    private Readings() {}

    /** Of a condition on a position. What is on assets is measured by {@link AssetReadings}, blindness is {@link Blindness}. */
    public static Reading ofPosition(Condition condition, Standing standing) {
        var judgement = judgement(condition, standing);
        return switch (condition) {
            case Condition.HealthFactor ignored -> read(judgement, health -> factor(health.range()));
            case Condition.LoanToValue ignored -> loanToValue(judgement);
            case Condition.CollateralRatio ignored ->
                read(judgement, health -> ofLoan(health, "collateral ratio", loan -> ratio(loan.collateralRatios())));
            case Condition.LiquidationDistance distance ->
                read(judgement, health -> distance(health, distance.asset()));
            case Condition.HealthDrop(var within) -> Drops.read(judgement, standing.before(), within);
            case Condition.TimeToLiquidation ignored ->
                read(judgement, health -> ofLoan(health, "interest", Readings::timeToLiquidation));
            case Condition.LiquidationProbability(var within) -> rising(judgement, health -> touching(health, within));
            case Condition.OracleGap ignored -> OracleGaps.read(standing);
            case Condition.FeedSkew ignored -> Skew.read(judgement);
            case Condition.OnAsset ignored -> throw new IllegalArgumentException("a price is not a position's");
            case Condition.Blind ignored -> throw new IllegalArgumentException("blindness is an account's");
        };
    }

    /** The one of both that a condition on a position asks about: what liquidates it, unless it says otherwise. */
    public static Judgement judgement(Condition condition, Standing standing) {
        return asksTheMarket(condition) ? standing.market() : standing.protocol();
    }

    /** Of the time before only the market's prices are known. */
    private static boolean asksTheMarket(Condition condition) {
        return condition instanceof Condition.HealthDrop
                || condition instanceof Condition.HealthFactor(var basis) && basis == Basis.MARKET;
    }

    /** Of the price of an asset, in US dollars. */
    static Reading ofPrice(Asset asset, MarketSnapshot market) {
        var range = market.range(asset);
        return range.equals(PriceRange.ANYTHING)
                ? new Reading.Unreadable("no believable price of " + asset)
                : new Reading.Measured(range.low(), range.high());
    }

    private static Reading read(Judgement judgement, Function<Health, Reading> measure) {
        return switch (judgement) {
            case Judgement.Judged judged -> measure.apply(judged.health());
            case Judgement.NoDebt ignored -> new Reading.OutOfReach();
            case Judgement.Unknown unknown -> new Reading.Unreadable(unknown.why());
        };
    }

    private static Reading factor(HealthRange range) {
        return range.low()
                .value()
                .<Reading>map(low -> new Reading.Measured(low, range.high().value()))
                .orElseGet(Reading.OutOfReach::new);
    }

    private static Reading loanToValue(Judgement judgement) {
        return rising(judgement, health -> ofLoan(health, "loan-to-value", loan -> ratio(loan.loanToValues())));
    }

    /** Of what is worse the larger it is: zero for who owes nothing. */
    private static Reading rising(Judgement judgement, Function<Health, Reading> measure) {
        return judgement instanceof Judgement.NoDebt
                ? measured(BigDecimal.ZERO, Optional.of(BigDecimal.ZERO))
                : read(judgement, measure);
    }

    /** In seconds. */
    private static Reading timeToLiquidation(Health health) {
        return health.timeToLiquidation()
                .map(Staleness::seconds)
                .map(soonest ->
                        measured(soonest, health.latestTimeToLiquidation().map(Staleness::seconds)))
                .orElseGet(Reading.OutOfReach::new);
    }

    private static Reading ofLoan(Health health, String figure, Function<Health, Reading> measure) {
        return switch (health.terms()) {
            case Loan ignored -> measure.apply(health);
            case Margin ignored -> new Reading.Inapplicable("perpetual contracts have no " + figure);
        };
    }

    private static Reading ratio(RatioRange range) {
        return range.low().map(low -> measured(low, range.high())).orElseGet(Reading.OutOfReach::new);
    }

    private static Reading touching(Health health, Duration within) {
        return health.outlook()
                .map(outlook -> measured(outlook.leastChance(within), Optional.of(outlook.chance(within))))
                .orElseGet(() -> new Reading.Unreadable("not enough is known yet of how its prices move"));
    }

    private static Reading distance(Health health, Optional<Asset> asset) {
        Optional<Distance> distance = asset.isEmpty() ? Optional.of(health.distance()) : health.distance(asset.get());
        return distance.<Reading>map(d -> measured(d.low(), d.high())).orElseGet(Reading.OutOfReach::new);
    }

    private static Reading measured(BigDecimal low, Optional<BigDecimal> high) {
        return new Reading.Measured(low, high);
    }
}
