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
 * @param episode       counts the alerts of this (rule, subject); 0 before the first
 * @param sequence      counts the transitions of this episode; 0 while pending
 * @param severity      the present level; the last one once resolved
 * @param tracks        the levels that are not off
 * @param startedAt     when the breach began
 * @param ruleVersion   of the rule as it was when last judged breached
 * @param legs          of the position as they were when last judged breached
 * @param worst         the worst value that every source agreed on in this episode
 * @param toldAt        the last transition that was told
 * @param toldRoom      the room left at that message; it worsens when half of it is gone
 * @param liquidatable  it was told that the position is liquidatable
 * @param belowOne      the health factor may have been below 1 in this episode
 */
public record AlertState(
        Phase phase,
        int episode,
        int sequence,
        Severity severity,
        Map<Severity, Track> tracks,
        Instant startedAt,
        Optional<Instant> resolvedAt,
        Optional<Because> resolvedBecause,
        Optional<Instant> acknowledgedAt,
        Optional<Instant> snoozedUntil,
        long ruleVersion,
        Legs legs,
        Optional<BigDecimal> worst,
        Optional<Instant> toldAt,
        Optional<BigDecimal> toldRoom,
        boolean liquidatable,
        boolean belowOne) {

    public enum Phase {
        /** No alert: never, or not any more since a pending one lapsed. */
        QUIET,
        PENDING,
        FIRING,
        RESOLVED
    }

    public AlertState {
        tracks = Map.copyOf(tracks);
    }

    /** Before the first breach. @param lastEpisode of earlier alerts of this (rule, subject); 0 when there was none */
    public static AlertState quiet(int lastEpisode) {
        return new AlertState(
                Phase.QUIET,
                lastEpisode,
                0,
                Severity.INFO,
                Map.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Legs.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
    }

    /** There is an alert that has not ended. */
    public boolean isOpen() {
        return phase == Phase.PENDING || phase == Phase.FIRING;
    }

    public boolean isAcknowledged() {
        return acknowledgedAt.isPresent();
    }

    /** With what the user did to the alert since: acts count as transitions, so they raise the sequence. */
    AlertState withActs(int newSequence, Optional<Instant> acknowledged, Optional<Instant> snoozed) {
        return new AlertState(
                phase,
                episode,
                newSequence,
                severity,
                tracks,
                startedAt,
                resolvedAt,
                resolvedBecause,
                acknowledged,
                snoozed,
                ruleVersion,
                legs,
                worst,
                toldAt,
                toldRoom,
                liquidatable,
                belowOne);
    }
}
