package dev.plimsoll.simulation;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.Legs;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A rule on the health factor of one position: a warning, and critical a good way below it.
 *
 * @param limit   of the warning, in thousandths
 * @param version rises with every edit
 */
record Watched(UUID rule, UUID account, UUID position, int limit, long version) {
    private static final int CRITICAL_BELOW = 100;
    private static final int CLEAR_ABOVE = 20;

    Alert.Key key() {
        return new Alert.Key(rule, new Subject.OfPosition(position));
    }

    Watched edited(int newer) {
        return new Watched(rule, account, position, newer, version + 1);
    }

    /** @param healthFactor in thousandths */
    Observation seen(int healthFactor, Instant at) {
        var value = thousandths(healthFactor);
        var room = thousandths(Math.max(0, healthFactor - 1_000)).movePointRight(2);
        return new Observation(
                at,
                Instant.EPOCH,
                version,
                Stream.of(level(Severity.WARNING, limit), level(Severity.CRITICAL, limit - CRITICAL_BELOW))
                        .map(level -> verdict(level, value))
                        .toList(),
                Side.BELOW,
                Optional.of(value),
                Optional.of(room),
                healthFactor < 1_000,
                healthFactor < 1_000,
                healthFactor > 1_050,
                Legs.NONE,
                List.of(Duration.ofSeconds(45)),
                false);
    }

    /** Whether an alert in this phase is what this health factor, standing still, must have led to. */
    boolean agrees(Phase phase, int healthFactor) {
        var open = phase == Phase.FIRING;
        return healthFactor < limit ? open : healthFactor < limit + CLEAR_ABOVE || !open && phase != Phase.PENDING;
    }

    private static Level level(Severity severity, int limit) {
        return new Level(
                severity,
                new Level.Limit.Below(thousandths(limit)),
                Optional.of(thousandths(limit + CLEAR_ABOVE)),
                Duration.ZERO,
                Duration.ZERO,
                severity == Severity.CRITICAL ? Duration.ofSeconds(40) : Duration.ZERO,
                Optional.empty());
    }

    private static Verdict verdict(Level level, BigDecimal value) {
        var threshold = Threshold.of(level);
        var reading = new Reading.Measured(value, Optional.of(value));
        return new Verdict(level, threshold.toFire(reading), threshold.toClear(reading));
    }

    private static BigDecimal thousandths(int value) {
        return BigDecimal.valueOf(value, 3);
    }
}
