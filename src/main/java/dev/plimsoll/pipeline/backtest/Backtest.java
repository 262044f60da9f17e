package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.PriceMinute;
import dev.plimsoll.market.Trail;
import dev.plimsoll.pipeline.Continuity;
import dev.plimsoll.pipeline.backtest.PastPrices.Step;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.AssetRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one rule would have said over prices of the past.
 *
 * <p>Whenever a bar was over its close is judged as a tick of the watch judges it; holds count from bar to bar. Whether a
 * position was liquidated is asked with hindsight, of the bars' extremes, and ends its story.
 *
 * @param positions those it watches, with legs that stand since the beginning; none for a rule on an asset
 */
public record Backtest(Rule rule, List<Position> positions, PastPrices prices, AssetRegistry assets) {
    public Backtest {
        positions = List.copyOf(positions);
    }

    /** Why a condition says nothing of the past, as a sentence; empty when it does. */
    public static Optional<String> refusal(Condition condition) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> Optional.empty();
            case Condition.LoanToValue ignored -> Optional.empty();
            case Condition.CollateralRatio ignored -> Optional.empty();
            case Condition.LiquidationDistance ignored -> Optional.empty();
            case Condition.HealthDrop ignored -> Optional.empty();
            case Condition.TimeToLiquidation ignored -> Optional.empty();
            case Condition.AssetPrice ignored -> Optional.empty();
            case Condition.PriceChange ignored -> Optional.empty();
            case Condition.Depeg ignored -> Optional.empty();
            case Condition.LiquidationProbability ignored ->
                Optional.of("A rule of the type 'liquidation-probability' cannot be tried on the past yet.");
            case Condition.OracleGap ignored -> ofSources("oracle-gap");
            case Condition.FeedSkew ignored -> ofSources("feed-skew");
            case Condition.PriceDivergence ignored -> ofSources("price-divergence");
            case Condition.PriceStale ignored -> ofSources("price-stale");
            case Condition.Blind ignored ->
                Optional.of("A rule of the type 'blind' is about what Plimsoll could see, which no price tells.");
        };
    }

    private static Optional<String> ofSources(String type) {
        return Optional.of("A rule of the type '" + type + "' is about what each source said and when: of the past only"
                + " the price is kept that was believed.");
    }

    /** In the order of the positions. */
    public List<Story> run() {
        return run(true);
    }

    /** @param screened whether only what may have changed is looked at exactly, which must not make a difference */
    List<Story> run(boolean screened) {
        var rehearsal = new Rehearsal(rule, positions, assets);
        var search = new LiquidationSearch(prices, assets, rule, positions);
        var trail = new Trail();
        var continuity = Continuity.from(Optional.empty());
        for (var step : prices.steps()) {
            if (!screened) {
                rehearsal.touch();
                search.touch();
            }
            continuity = continuity.next(step.tick());
            var sunk = search(step, search, rehearsal);
            trail.restore(remembered(step));
            rehearsal.tick(new AssetReadings(prices.known(step), trail), continuity);
            rehearsal.pass(step.bar());
            sunk.forEach(rehearsal::forget);
            sunk.forEach(search::forget);
        }
        return rehearsal.stories();
    }

    private List<Position> search(Step step, LiquidationSearch search, Rehearsal rehearsal) {
        var sunk = new ArrayList<Position>();
        for (var finding : search.search(step)) {
            var course = rehearsal.of(finding.position());
            course.maySink(finding.since());
            finding.sunk().ifPresent(how -> {
                course.sink(how);
                sunk.add(finding.position());
            });
        }
        return sunk;
    }

    /**
     * What a condition looks back on. How far a health factor fell is asked of what ticks saw: extremes of several assets in
     * one bar were not at one moment.
     */
    private List<PriceMinute> remembered(Step step) {
        return switch (rule.condition()) {
            case Condition.PriceChange change -> prices.bar(step, change.asset());
            case Condition.HealthDrop ignored -> prices.closes(step);
            case Condition.OnAsset ignored -> List.of();
            case Condition.OnPosition ignored -> List.of();
            case Condition.Blind ignored -> List.of();
        };
    }
}
