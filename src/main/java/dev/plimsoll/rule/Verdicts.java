package dev.plimsoll.rule;

import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.AssetRegistry;
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

    private static Verdict verdict(Level level, Threshold threshold, Reading reading) {
        return new Verdict(level, threshold.toFire(reading), threshold.toClear(reading));
    }
}
