package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How far apart in time the prices were observed that an indebted position stands on, and whether that matters.
 *
 * <p>A price is as old as the youngest quote that counts in it. A leg that is dust and has no price is left out.
 *
 * @param oldest          the price that was observed first
 * @param youngest        the one that was observed last
 * @param driftPercent    by how much collateral and debt may honestly have moved against each other since the youngest
 *                        was level with them: of either side the asset that may have moved most
 * @param bandPercent     by how much the feeds may be wrong while they work as they should: of either side the widest
 * @param distancePercent to liquidation, at the dangerous end of every price
 */
public record Skew(
        Observed oldest,
        Observed youngest,
        BigDecimal driftPercent,
        BigDecimal bandPercent,
        BigDecimal distancePercent) {
    private static final Comparator<Observed> BY_AGE =
            Comparator.comparing(Observed::age).thenComparing(Observed::asset);

    /**
     * One asset's price.
     *
     * @param age     of the youngest quote that counts, at the tick
     * @param bandBps of that feed
     */
    public record Observed(Asset asset, Duration age, BigDecimal bandBps) {}

    /** Empty when nobody can say when a price was observed that it stands on. */
    public static Optional<Skew> of(Health health) {
        var seen = new ArrayList<Observed>();
        for (var asset : health.terms().assets()) {
            var observed = observed(asset, health);
            if (observed.isEmpty() && !isDust(asset, health)) {
                return Optional.empty();
            }
            observed.ifPresent(seen::add);
        }
        return seen.isEmpty() ? Optional.empty() : Optional.of(of(health, seen));
    }

    private static Skew of(Health health, List<Observed> seen) {
        var youngest = seen.stream().min(BY_AGE).orElseThrow();
        var drift = sides(health.terms(), seen, one -> health.mayMove(one.asset(), apart(one, youngest)));
        var bands = sides(health.terms(), seen, one -> one.bandBps().movePointLeft(4));
        return new Skew(
                seen.stream().max(BY_AGE).orElseThrow(),
                youngest,
                drift.movePointRight(2),
                bands.movePointRight(2),
                health.distance().low());
    }

    private static Optional<Observed> observed(Asset asset, Health health) {
        return health.market()
                .of(asset)
                .filter(consensus -> consensus.range().isBounded())
                .flatMap(Consensus::youngest)
                .map(voice -> observed(asset, voice));
    }

    private static Observed observed(Asset asset, Voice voice) {
        return new Observed(asset, voice.age().orElseThrow(), voice.bandBps());
    }

    /** It has no price, and the loan has one all the same. */
    private static boolean isDust(Asset asset, Health health) {
        return health.isPriced() && !health.market().range(asset).isBounded();
    }

    private static BigDecimal sides(Terms terms, List<Observed> seen, Function<Observed, BigDecimal> measure) {
        return switch (terms) {
            case Loan loan ->
                most(loan.collateral().stream().map(Loan.Collateral::asset), seen, measure)
                        .add(most(loan.debt().stream().map(Loan.Debt::asset), seen, measure));
            case Margin margin ->
                most(legs(margin, Margin.Side.LONG), seen, measure)
                        .add(most(legs(margin, Margin.Side.SHORT), seen, measure));
        };
    }

    private static Stream<Asset> legs(Margin margin, Margin.Side side) {
        return margin.legs().stream().filter(leg -> leg.side() == side).map(Margin.Leg::asset);
    }

    private static BigDecimal most(Stream<Asset> side, List<Observed> seen, Function<Observed, BigDecimal> measure) {
        return side.flatMap(asset -> seen.stream().filter(one -> one.asset().equals(asset)))
                .map(measure)
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static Duration apart(Observed one, Observed youngest) {
        return one.age().minus(youngest.age());
    }

    /** Between the observations of the oldest and of the youngest price. */
    public Duration apart() {
        return apart(oldest, youngest);
    }

    /** By how much the prices may have moved and the feeds be wrong, together. */
    public BigDecimal doubtPercent() {
        return driftPercent.add(bandPercent);
    }

    /** Liquidation is nearer than the prices can be trusted. */
    public boolean isThin() {
        return distancePercent.compareTo(doubtPercent()) < 0;
    }

    /**
     * In seconds; zero where the position is not thin, or owes nothing. Where it cannot be judged, or nobody can say when a
     * price was observed, nothing can be read.
     */
    static Reading read(Judgement judgement) {
        return switch (judgement) {
            case Judgement.Judged(var health) ->
                of(health)
                        .<Reading>map(skew -> exactly(skew.isThin() ? skew.apart() : Duration.ZERO))
                        .orElseGet(() ->
                                new Reading.Unreadable("nobody can say when the prices were observed it stands on"));
            case Judgement.NoDebt ignored -> exactly(Duration.ZERO);
            case Judgement.Unknown(var why, var ignored) -> new Reading.Unreadable(why);
        };
    }

    private static Reading exactly(Duration duration) {
        var seconds = Staleness.seconds(duration);
        return new Reading.Measured(seconds, Optional.of(seconds));
    }
}
