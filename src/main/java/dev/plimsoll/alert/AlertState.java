package dev.plimsoll.alert;

import dev.plimsoll.rule.Severity;
import java.math.BigDecimal;
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

    /** What the owner did about it: both end the repeating, none the worsening. */
    public record Attention(Optional<Instant> acknowledgedAt, Optional<Instant> snoozedUntil) {
        public static final Attention NONE = new Attention(Optional.empty(), Optional.empty());
    }

    /**
     * What it was when last judged breached.
     *
     * @param worst    the worst value of this episode that every source agreed on, at the ticks that mattered
     * @param belowOne the health factor may have been below 1 in this episode
     */
    public record Breach(long ruleVersion, Legs legs, Optional<BigDecimal> worst, boolean belowOne) {
        public static final Breach NONE = new Breach(0, Legs.NONE, Optional.empty(), false);
    }

    /**
     * @param at           of the message
     * @param room         left at that message; it worsens when half of it is gone
     * @param liquidatable this message or an earlier one of the episode said that the position is liquidatable
     */
    public record Told(Instant at, Optional<BigDecimal> room, boolean liquidatable) {}

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
                Breach.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /** There is an alert that has not ended. */
    public boolean isOpen() {
        return phase == Phase.PENDING || phase == Phase.FIRING;
    }

    public boolean isAcknowledged() {
        return attention.acknowledgedAt().isPresent();
    }

    /** The room at or below which it worsens next; empty when there is none. For the book's bands. */
    public Optional<BigDecimal> nextWorsening() {
        return told.flatMap(Told::room)
                .filter(room -> room.compareTo(Life.LEAST_ROOM) > 0)
                .map(room -> room.divide(BigDecimal.TWO));
    }

    /** The same alert after its owner acknowledged or snoozed it. */
    public AlertState with(Attention newer) {
        return new AlertState(phase, episode, sequence, severity, tracks, startedAt, newer, breach, told, end);
    }

    AlertState with(Breach newer) {
        return new AlertState(phase, episode, sequence, severity, tracks, startedAt, attention, newer, told, end);
    }

    AlertState with(Map<Severity, Track> newer) {
        return new AlertState(phase, episode, sequence, severity, newer, startedAt, attention, breach, told, end);
    }

    AlertState with(Told newer) {
        return new AlertState(
                phase, episode, sequence, severity, tracks, startedAt, attention, breach, Optional.of(newer), end);
    }

    /** One transition later. */
    AlertState after(Phase next, Severity level) {
        return new AlertState(next, episode, sequence + 1, level, tracks, startedAt, attention, breach, told, end);
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
                breach,
                told,
                Optional.of(how));
    }

    /** The same alert after its owner acted on it: acts are transitions, so they raise the sequence. */
    AlertState acted(int newSequence, Attention newer) {
        return new AlertState(phase, episode, newSequence, severity, tracks, startedAt, newer, breach, told, end);
    }
}
