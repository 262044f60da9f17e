package dev.plimsoll.rule;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * From where on a condition matters, and how loudly.
 *
 * @param clear       where it stops mattering; empty means the condition's default clearing
 * @param hold        how long the breach must last over consecutive judged ticks before it fires
 * @param clearHold   how long it must be clear before it resolves
 * @param repeatEvery how often an unresolved alert is told again
 * @param channels    only these; empty means the rule's
 */
public record Level(
        Severity severity,
        Limit limit,
        Optional<BigDecimal> clear,
        Duration hold,
        Duration clearHold,
        Duration repeatEvery,
        Optional<List<UUID>> channels) {
    public Level {
        channels = channels.map(List::copyOf);
    }

    /** The same level with other holds. */
    public Level holding(Duration other, Duration otherClear) {
        return new Level(severity, limit, clear, other, otherClear, repeatEvery, channels);
    }

    /** The number a level fires at. */
    public sealed interface Limit {
        record Below(BigDecimal value) implements Limit {}

        record Above(BigDecimal value) implements Limit {}

        /** Nearer than so many percent: 15 is 15 %. */
        record Percent(BigDecimal value) implements Limit {}

        /** Moved by more than so many percent: 5 is 5 %. */
        record Moved(BigDecimal percent) implements Limit {}

        /** Farther away than so many basis points: 50 is 0.5 %. */
        record Bps(BigDecimal value) implements Limit {}

        record After(Duration value) implements Limit {}

        /** Reached in less than so long. */
        record Within(Duration value) implements Limit {}

        /** By the assets of the position, by how close to liquidation it was, or by what each feed may do by itself. */
        record Auto() implements Limit {}
    }
}
