package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that an alert remembers between ticks, for one (rule, subject). Immutable; survives restarts through
 * {@link AlertStateJson}.
 *
 * @param episode   counts the alerts of this (rule, subject); 0 before the first
 * @param sequence  counts the transitions of this episode; 0 while pending
 * @param severity  the present level; the last one once resolved
 * @param tracks    the levels that are not off
 * @param startedAt when the breach began
 * @param ladder    how far up it was escalated
 * @param told      the last message; empty before the first
 */
public record AlertState(
        Phase phase,
        int episode,
        int sequence,
        Severity severity,
        Map<Severity, Track> tracks,
        Instant startedAt,
        Attention attention,
        Ladder ladder,
        Breach breach,
        Optional<Told> told,
        Optional<End> end) {

    public enum Phase {
        /** No alert: never, or not any more since a pending one lapsed. */
        QUIET,
        PENDING,
        FIRING,
        RESOLVED
    }

    /**
     * How far up it was escalated.
     *
     * @param since   the steps of the rule count from here: when it fired or rose a level, or when the last
     *                acknowledgement or snooze ended; by the watch's clock
     * @param climbed how many steps were told since then
     * @param highest how many ever were in this episode: whom it was escalated to hears how it goes on
     */
    public record Ladder(Instant since, int climbed, int highest) {
        public static final Ladder NONE = new Ladder(Instant.EPOCH, 0, 0);

        Ladder climb() {
            return new Ladder(since, climbed + 1, Math.max(highest, climbed + 1));
        }

        Ladder afresh(Instant now) {
            return new Ladder(now, 0, highest);
        }

        Ladder notAheadOf(Instant now) {
            return since.isAfter(now) ? new Ladder(now, climbed, highest) : this;
        }
    }

    /**
     * What it was when last judged breached.
     *
     * @param first    the value at the first tick of this episode
     * @param worst    the worst value of this episode that every source agreed on
     * @param belowOne the health factor may have been below 1 in this episode
     */
    public record Breach(
            long ruleVersion, Legs legs, Optional<BigDecimal> first, Optional<BigDecimal> worst, boolean belowOne) {
        public static final Breach NONE = new Breach(0, Legs.NONE, Optional.empty(), Optional.empty(), false);
    }

    /**
     * @param at           of the message
     * @param room         left at that message; it worsens when half of it is gone
     * @param liquidatable it was told that the position is liquidatable, and it has not been clear of that since
     * @param value        the value every source agreed on at that message
     */
    public record Told(Instant at, Optional<BigDecimal> room, boolean liquidatable, Optional<BigDecimal> value) {

        Told notAheadOf(Instant now) {
            return at.isAfter(now) ? new Told(now, room, liquidatable, value) : this;
        }
    }

    public record End(Instant at, Because because) {}

    public AlertState {
        tracks = Map.copyOf(tracks);
        if ((phase == Phase.RESOLVED) != end.isPresent()) {
            throw new IllegalArgumentException("an alert has an end exactly when it is resolved, was " + phase);
        }
    }

    /**
     * Before the first breach.
     *
     * @param lastEpisode of earlier alerts of this (rule, subject); 0 when there was none
     */
    public static AlertState quiet(int lastEpisode) {
        return new AlertState(
                Phase.QUIET,
                lastEpisode,
                0,
                Severity.INFO,
                Map.of(),
                Instant.EPOCH,
                Attention.NONE,
                Ladder.NONE,
                Breach.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /** There is an alert that has not ended. */
    public boolean isOpen() {
        return phase == Phase.PENDING || phase == Phase.FIRING;
    }

    /** The room at or below which it worsens next; empty when there is none. For the book's bands. */
    public Optional<BigDecimal> nextWorsening() {
        return told.flatMap(Told::room)
                .filter(room -> room.compareTo(Life.LEAST_ROOM) > 0)
                .map(room -> room.divide(BigDecimal.TWO));
    }

    /** The room from which on it is clear of a liquidation that was told. For the book's bands. */
    public Optional<BigDecimal> nextRelief() {
        return told.filter(Told::liquidatable).map(message -> Life.SAFE_ROOM);
    }

    /**
     * How fast the value changed from the beginning of the breach to the last message, an hour: negative where it fell.
     * Empty where less than a minute lies between, or nothing was measured.
     */
    public Optional<BigDecimal> slopePerHour() {
        return told.flatMap(message -> message.value()
                .flatMap(last -> breach.first()
                        .flatMap(first ->
                                Slope.perHour(last.subtract(first), Duration.between(startedAt, message.at())))));
    }

    /** The same alert after its owner acknowledged or snoozed it. */
    public AlertState with(Attention newer) {
        return new AlertState(phase, episode, sequence, severity, tracks, startedAt, newer, ladder, breach, told, end);
    }

    AlertState with(Ladder newer) {
        return new AlertState(
                phase, episode, sequence, severity, tracks, startedAt, attention, newer, breach, told, end);
    }

    AlertState with(Breach newer) {
        return new AlertState(
                phase, episode, sequence, severity, tracks, startedAt, attention, ladder, newer, told, end);
    }

    AlertState with(Map<Severity, Track> newer) {
        return new AlertState(
                phase, episode, sequence, severity, newer, startedAt, attention, ladder, breach, told, end);
    }

    AlertState with(Told newer) {
        return new AlertState(
                phase,
                episode,
                sequence,
                severity,
                tracks,
                startedAt,
                attention,
                ladder,
                breach,
                Optional.of(newer),
                end);
    }

    /** One transition later. */
    AlertState after(Phase next, Severity level) {
        return new AlertState(
                next, episode, sequence + 1, level, tracks, startedAt, attention, ladder, breach, told, end);
    }

    /** A new episode; of the old one only its number is left. */
    AlertState begun(Severity level, Instant at) {
        return new AlertState(
                Phase.PENDING,
                episode + 1,
                0,
                level,
                tracks,
                at,
                Attention.NONE,
                Ladder.NONE,
                Breach.NONE,
                Optional.empty(),
                Optional.empty());
    }

    AlertState resolved(End how) {
        return new AlertState(
                Phase.RESOLVED,
                episode,
                sequence + 1,
                severity,
                Map.of(),
                startedAt,
                attention,
                ladder,
                breach,
                told,
                Optional.of(how));
    }

    /** The same alert after its owner acted on it: acts are transitions, so they raise the sequence. */
    AlertState acted(int newSequence, Attention newer) {
        return new AlertState(
                phase, episode, newSequence, severity, tracks, startedAt, newer, ladder, breach, told, end);
    }
}
