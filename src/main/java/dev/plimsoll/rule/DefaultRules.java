package dev.plimsoll.rule;

import dev.plimsoll.unit.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What every account starts with, so that nobody is left unwarned. */
public final class DefaultRules {
    private static final Duration AT_ONCE = Duration.ZERO;

    /** A warning waits for a second look; at the default interval that is two ticks later. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(20);

    /** What was breached stays told until it is clear for so long: a bounce is no recovery. */
    private static final Duration CALM = Duration.ofMinutes(5);

    private DefaultRules() {}

    /**
     * The rules {@code warning}, {@code critical}, {@code blind} and {@code oracle-gap} on all positions, on every active
     * channel. The last is silent of positions that are liquidated on the market's price.
     */
    public static List<Rule> of(UUID account, Instant createdAt) {
        var distance = new Condition.LiquidationDistance(Optional.empty());
        return List.of(
                rule(account, createdAt, "warning", distance, level(Severity.WARNING, SECOND_LOOK, CALM, 4 * 60)),
                rule(account, createdAt, "critical", distance, level(Severity.CRITICAL, AT_ONCE, CALM, 15)),
                rule(
                        account,
                        createdAt,
                        "blind",
                        new Condition.Blind(),
                        level(Severity.WARNING, AT_ONCE, Duration.ofMinutes(1), 4 * 60)),
                rule(
                        account,
                        createdAt,
                        "oracle-gap",
                        new Condition.OracleGap(),
                        level(Severity.WARNING, SECOND_LOOK, CALM, 4 * 60)));
    }

    private static Level level(Severity severity, Duration hold, Duration clearHold, long repeatMinutes) {
        return new Level(
                severity,
                new Level.Limit.Auto(),
                Optional.empty(),
                hold,
                clearHold,
                Duration.ofMinutes(repeatMinutes),
                Optional.empty());
    }

    private static Rule rule(UUID account, Instant createdAt, String name, Condition condition, Level level) {
        return new Rule(
                Ids.next(),
                account,
                Optional.of(name),
                name,
                Map.of(),
                new Watches.All(),
                condition,
                List.of(level),
                Telling.EVERYTHING,
                createdAt,
                1);
    }
}
