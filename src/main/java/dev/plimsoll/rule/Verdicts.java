package dev.plimsoll.rule;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What every level of a rule says of its subject in one tick, the mildest level first. */
public final class Verdicts {
    private Verdicts() {}

    /** Of a position, for the conditions {@code health-factor} and {@code liquidation-distance}. */
    public static List<Verdict> ofPosition(Rule rule, Judgement judgement, Loan loan, AssetRegistry assets) {
        var reading = Readings.ofPosition(rule.condition(), judgement);
        var auto = AutoDistance.of(namedAsset(rule.condition()), loan, assets);
        return rule.levels().stream()
                .map(level -> verdict(level, Threshold.of(level, auto), reading))
                .toList();
    }

    /** Of an asset, for the condition {@code price}. */
    public static List<Verdict> ofPrice(Rule rule, Asset asset, MarketSnapshot market) {
        var reading = Readings.ofPrice(asset, market);
        return rule.levels().stream()
                .map(level -> verdict(level, Threshold.of(level), reading))
                .toList();
    }

    /**
     * Of the positions of an account that cannot be judged, for the condition {@code blind}: breached when one of them
     * is blind for longer than it may, clear again when all are judged.
     *
     * @param blind only those; empty when all is well
     */
    public static List<Verdict> ofBlindness(Rule rule, List<Blindness> blind, Instant at) {
        return rule.levels().stream()
                .map(level -> new Verdict(
                        level,
                        breachedIf(blind.stream().anyMatch(one -> isOverdue(one, level, at))),
                        breachedIf(!blind.isEmpty())))
                .toList();
    }

    private static Verdict verdict(Level level, Threshold threshold, Reading reading) {
        return new Verdict(level, threshold.toFire(reading), threshold.toClear(reading));
    }

    private static Evaluation breachedIf(boolean breached) {
        return breached ? new Evaluation.Breached() : new Evaluation.Clear();
    }

    private static boolean isOverdue(Blindness blind, Level level, Instant at) {
        return Duration.between(blind.since(), at).compareTo(blind.allowed(level.limit())) >= 0;
    }

    private static Optional<Asset> namedAsset(Condition condition) {
        return condition instanceof Condition.LiquidationDistance distance ? distance.asset() : Optional.empty();
    }
}
