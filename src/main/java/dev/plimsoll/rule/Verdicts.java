package dev.plimsoll.rule;

import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.AssetRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What every level of a rule says of its subject in one tick, the mildest level first. */
public final class Verdicts {
    private Verdicts() {}

    /** Of a position, for a condition on it. */
    public static List<Verdict> ofPosition(Rule rule, Standing standing, Terms terms, AssetRegistry assets) {
        var reading = Readings.ofPosition(rule.condition(), standing);
        return rule.levels().stream()
                .map(level -> verdict(level, Threshold.of(rule.condition(), level, terms, assets), reading))
                .toList();
    }

    /** Of an asset, for a condition on it. */
    public static List<Verdict> ofAsset(Rule rule, Condition.OnAsset condition, Measure measure) {
        return rule.levels().stream()
                .map(level -> verdict(
                        level,
                        Threshold.of(condition, level),
                        measure.of(level.limit()).reading()))
                .toList();
    }

    /**
     * Of the positions of an account that cannot be judged, for the condition {@code blind}: breached while there are
     * any, with the patience the most urgent of them leaves as the hold. So the alert is pending from the first blind
     * tick, and a restart does not forget since when.
     *
     * @param blind only those; empty when all is well
     */
    public static List<Verdict> ofBlindness(Rule rule, List<Blindness> blind) {
        var evaluation = breachedIf(!blind.isEmpty());
        return rule.levels().stream()
                .map(level -> new Verdict(level.held(patience(blind, level)), evaluation, evaluation))
                .toList();
    }

    private static Verdict verdict(Level level, Threshold threshold, Reading reading) {
        return new Verdict(level, threshold.toFire(reading), threshold.toClear(reading));
    }

    private static Evaluation breachedIf(boolean breached) {
        return breached ? new Evaluation.Breached() : new Evaluation.Clear();
    }

    /** From the first blind tick until the first of them has been blind for longer than it may. */
    private static Duration patience(List<Blindness> blind, Level level) {
        var first = blind.stream().map(Blindness::since).min(Instant::compareTo);
        var overdue = blind.stream()
                .map(one -> one.since().plus(one.allowed(level.limit())))
                .min(Instant::compareTo);
        return first.flatMap(since -> overdue.map(until -> Duration.between(since, until)))
                .orElse(Duration.ZERO)
                .plus(level.hold());
    }
}
