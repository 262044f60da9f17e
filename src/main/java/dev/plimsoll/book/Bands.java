package dev.plimsoll.book;

import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Observations;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Measure;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Readings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * Derives, from an exact decision, the band in which it cannot turn out differently.
 *
 * <p>Health factors are compared with what the columns compute: each price at its own end, which is never narrower than
 * the exact range. Of other figures the health factor says what {@link DistanceEdges} and {@link Implied} know.
 */
public final class Bands {

    /**
     * An exact decision that is committed.
     *
     * @param state after the decision
     * @param seen  what was decided on
     */
    public record Decided(Rule rule, AlertState state, Observation seen) {

        /** The same observation at the next tick would change nothing. */
        boolean isAtRest() {
            var again = Life.next(state, seen);
            return again.transitions().isEmpty() && again.state().equals(state);
        }

        Instant due() {
            return Life.nextDue(state, seen).orElse(Instant.MAX);
        }
    }

    /** Sums of doubles this many times the edge are wrong by less than the distance that {@link Edges} keep from it. */
    private static final BigDecimal FINEST = BigDecimal.valueOf(100_000);

    private Bands() {}

    /** For all rules on the health of a position. May be called without any: then it is where it stays judged. */
    public static PositionBand ofPosition(
            Terms terms, Standing standing, Collection<Decided> decisions, AssetRegistry assets) {
        var all = decisions.stream()
                .map(decided ->
                        decided.isAtRest() ? ofPosition(terms, standing, decided, assets) : PositionBand.NOWHERE)
                .toList();
        return PositionBand.all(all).and(PositionBand.ofProtocol(sight(standing.protocol())));
    }

    private static PositionBand ofPosition(Terms terms, Standing standing, Decided decided, AssetRegistry assets) {
        var condition = decided.rule().condition();
        if (condition instanceof Condition.OracleGap) {
            return GapBands.of(terms, standing, decided, assets);
        }
        var judgement = Readings.judgement(condition, standing);
        var band = band(standing, judgement, decided, assets);
        return judgement == standing.protocol()
                ? PositionBand.ofProtocol(band)
                : PositionBand.ofMarket(seen(judgement, band));
    }

    private static Band band(Standing standing, Judgement judgement, Decided decided, AssetRegistry assets) {
        return switch (judgement) {
            case Judgement.Judged(var health) ->
                decided.rule().condition() instanceof Condition.FeedSkew
                        ? skew(decided)
                        : edges(standing, health, decided, assets).band(decided.due());
            case Judgement.NoDebt ignored -> Band.EVERYWHERE.dueAt(decided.due());
            case Judgement.Unknown ignored -> Band.EVERYWHERE.dueAt(decided.due());
        };
    }

    /** The protocol's price would not show that the market's is back. */
    private static Band seen(Judgement market, Band band) {
        return market instanceof Judgement.Unknown ? Band.UNSEEN : band;
    }

    /** While it is told, every tick may end it; before, only an old price begins it, which {@link SkewRules} see. */
    private static Band skew(Decided decided) {
        return decided.state().isOpen() ? Band.NOWHERE : Band.EVERYWHERE.dueAt(decided.due());
    }

    /** Where it stays judged, and stays on its side of liquidation, and of being clear of it. */
    private static Band sight(Judgement judgement) {
        if (judgement instanceof Judgement.Judged(var health)) {
            if (isTooFine(health)) {
                return Band.NOWHERE;
            }
            var edges = new Edges();
            factor(BigDecimal.ONE, health, edges);
            return edges.band(Instant.MAX);
        }
        return Band.EVERYWHERE;
    }

    /** Of contracts entered at so much more than they must cover now that a double cannot tell their equity. */
    private static boolean isTooFine(Health health) {
        return health.terms() instanceof Margin margin
                && margin.fixed()
                                .abs()
                                .max(health.margin().orElseThrow().notional())
                                .compareTo(health.debtValue().multiply(FINEST))
                        > 0;
    }

    private static Edges edges(Standing standing, Health health, Decided decided, AssetRegistry assets) {
        var edges = new Edges();
        var condition = decided.rule().condition();
        var levels =
                decided.rule().levels().stream().map(level -> Threshold.of(condition, level, health.terms(), assets));
        Stream.concat(levels, Depth.next(decided).stream())
                .forEach(threshold -> around(condition, threshold, standing, health, edges));
        decided.state().nextWorsening().ifPresent(room -> DistanceEdges.together(room, health, edges));
        decided.state().nextRelief().ifPresent(room -> DistanceEdges.together(room, health, edges));
        return edges;
    }

    private static void around(
            Condition condition, Threshold threshold, Standing standing, Health health, Edges edges) {
        var reading = Readings.ofPosition(condition, standing);
        switch (condition) {
            case Condition.HealthFactor ignored -> factor(threshold, health, edges);
            case Condition.LoanToValue ignored ->
                Implied.loanToValue(health.terms()).around(threshold, reading, edges);
            case Condition.CollateralRatio ignored ->
                Implied.collateralRatio(health.terms()).around(threshold, reading, edges);
            case Condition.TimeToLiquidation ignored ->
                Implied.timeToLiquidation(health.terms()).around(threshold, reading, edges);
            case Condition.LiquidationDistance(var asset) -> DistanceEdges.around(threshold, asset, health, edges);
            case Condition.HealthDrop(var within) -> DropEdges.around(threshold, standing, health, within, edges);
            case Condition.LiquidationProbability ignored -> edges.across();
            case Condition.OracleGap ignored -> throw new IllegalArgumentException("a gap has two health factors");
            case Condition.FeedSkew ignored -> throw new IllegalArgumentException("a health factor has no age");
            case Condition.OnAsset ignored -> throw new IllegalArgumentException("a price is not a position's");
            case Condition.Blind ignored -> throw new IllegalArgumentException("blindness is an account's");
        }
    }

    private static void factor(Threshold threshold, Health health, Edges edges) {
        factor(threshold.limit(), health, edges);
        factor(threshold.clear(), health, edges);
    }

    private static void factor(BigDecimal edge, Health health, Edges edges) {
        var range = health.range();
        if (range.low().isInfinite()) {
            edges.above(edge.doubleValue());
        } else {
            edges.around(edge, range.low().value().orElseThrow(), range.high().value());
        }
    }

    /** For a rule on an asset, measured or not: while nothing can be measured only time changes it. */
    public static AssetBand ofAsset(Decided decided, Condition.OnAsset condition, Measure measure) {
        if (!decided.isAtRest()) {
            return AssetBand.NOWHERE;
        }
        var plain = new Edges();
        var ofAllowed = new Edges();
        for (var level : decided.rule().levels()) {
            var threshold = Threshold.of(condition, level);
            var edges = level.limit() instanceof Level.Limit.Auto ? ofAllowed : plain;
            around(threshold.limit(), measure.of(level.limit()).reading(), edges);
            around(threshold.clear(), measure.of(level.limit()).reading(), edges);
        }
        var mildest = decided.rule().levels().getFirst().limit();
        var reading = measure.of(mildest).reading();
        var edges = mildest instanceof Level.Limit.Auto ? ofAllowed : plain;
        decided.state().nextWorsening().map(Observations::valueWith).ifPresent(value -> around(value, reading, edges));
        Depth.next(decided, reading).ifPresent(value -> around(value, reading, edges));
        return new AssetBand(plain.band(decided.due()), ofAllowed.band(decided.due()));
    }

    private static void around(BigDecimal edge, Reading reading, Edges edges) {
        switch (reading) {
            case Reading.Measured(var low, var high) -> edges.around(edge, low, high);
            case Reading.OutOfReach ignored -> edges.above(edge.doubleValue());
            case Reading.Inapplicable ignored -> {}
            case Reading.Unreadable ignored -> edges.across();
        }
    }
}
