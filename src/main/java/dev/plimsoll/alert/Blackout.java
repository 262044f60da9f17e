package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.AlertState.Told;
import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one cause blinds of one account, as a rule sees it: one alert, however many positions there are.
 *
 * <p>Each position has a patience of its own, from its own first blind tick. The first that is blind for longer than it
 * may be has all told that are blind then. Who is lost later is told when its own patience is over and twice as many
 * are blind as were told of; at once where it was near its liquidation.
 *
 * @param positions that are blind, were until a short while ago, or were told of in this episode and are seen again
 * @param before    where the alert stands
 * @param at        the tick's instant
 * @param patience  how long a position must be seen without a break until it is no longer blind
 */
public record Blackout(Cause cause, List<Blindness> positions, AlertState before, Instant at, Duration patience) {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100_000);

    public Blackout {
        positions = List.copyOf(positions);
    }

    /** Those that cannot be judged now. */
    public List<Blindness> blind() {
        return positions.stream().filter(Blindness::isBlind).toList();
    }

    /** Those that can be judged again. */
    public List<Blindness> seen() {
        return positions.stream().filter(one -> !one.isBlind()).toList();
    }

    /** Those of the blind that a message of now would be about. */
    public List<Blindness> counted(Rule rule) {
        return before.phase() == Phase.FIRING
                ? blind().stream()
                        .filter(one -> one.told() || !due(one, rule).isAfter(at))
                        .toList()
                : blind();
    }

    /** When the first that is blind and not counted will be; empty where all are. */
    public Optional<Instant> waiting(Rule rule) {
        var counted = counted(rule);
        return blind().stream()
                .filter(one -> !counted.contains(one))
                .map(one -> due(one, rule))
                .min(Instant::compareTo);
    }

    private static Instant due(Blindness one, Rule rule) {
        return rule.levels().stream()
                .map(level -> one.due(level.limit()).plus(level.hold()))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** @param unbrokenSince where nobody is blind, from when on that counts */
    public Observation observe(Rule rule, Instant unbrokenSince) {
        var counted = counted(rule);
        return new Observation(
                at,
                blind().isEmpty() ? unbrokenSince : Instant.MIN,
                rule.version(),
                rule.levels().stream().map(level -> verdict(level, counted)).toList(),
                Side.BELOW,
                counted.stream().flatMap(one -> one.lastDistance().stream()).min(BigDecimal::compareTo),
                room(counted),
                false,
                false,
                false,
                Legs.NONE,
                Observations.escalation(rule),
                false);
    }

    /**
     * Breached from the first blind tick, with what is left of the most urgent patience as the hold: so the alert is
     * pending meanwhile, and a restart forgets nothing.
     */
    private Verdict verdict(Level level, List<Blindness> counted) {
        var waiting = blind().isEmpty() ? flickering() : blind();
        var until = waiting.stream()
                .map(one -> one.seen()
                        .map(seen -> seen.plus(patience))
                        .orElseGet(() -> one.due(level.limit()).plus(level.hold())))
                .min(Instant::compareTo);
        var calm = level.clearHold().compareTo(patience) > 0 ? level.clearHold() : patience;
        return new Verdict(
                level.holding(until.map(end -> left(level, end)).orElse(Duration.ZERO), calm),
                breachedIf(until.isPresent()),
                breachedIf(!counted.isEmpty()));
    }

    /** Seen again for a short while: kept in mind, unless the alert fires and keeps them in mind anyway. */
    private List<Blindness> flickering() {
        return before.phase() == Phase.FIRING
                ? List.of()
                : positions.stream().filter(one -> !isSeen(one)).toList();
    }

    /** Judged for long enough: what blinds it from now on is another blindness. */
    public boolean isSeen(Blindness one) {
        return one.seen().filter(seen -> !seen.plus(patience).isAfter(at)).isPresent();
    }

    private Duration left(Level level, Instant end) {
        var since = Optional.ofNullable(before.tracks().get(level.severity()))
                .filter(track -> track.stage() == Stage.RISING)
                .map(Track::since)
                .orElse(at);
        return end.isAfter(since) ? Duration.between(since, end) : Duration.ZERO;
    }

    /** Half of it is gone when there are twice as many, or one that may not wait. */
    private Optional<BigDecimal> room(List<Blindness> counted) {
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        var room = WHOLE.divide(BigDecimal.valueOf(counted.size()), MathContext.DECIMAL64);
        var urgent = counted.stream().anyMatch(one -> !one.told() && one.wasNear());
        return before.told()
                .filter(told -> urgent && before.phase() == Phase.FIRING)
                .flatMap(Told::room)
                .map(told -> told.divide(BigDecimal.TWO).min(room))
                .or(() -> Optional.of(room));
    }

    private static Evaluation breachedIf(boolean breached) {
        return breached ? new Evaluation.Breached() : new Evaluation.Clear();
    }
}
