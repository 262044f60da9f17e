package dev.plimsoll.alert;

import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One alert's life, told tick by tick: a warning below 1.30 held for 20 s and a critical level below 1.10 at once. */
final class Story {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final Level WARNING = level(Severity.WARNING, "1.30", "PT20S", "PT5M", "PT4H");
    static final Level CRITICAL = level(Severity.CRITICAL, "1.10", "PT0S", "PT5M", "PT15M");

    private final List<Transition> told = new ArrayList<>();
    private List<Level> levels = List.of(WARNING, CRITICAL);
    private AlertState state = AlertState.quiet(0);
    private Instant at = NOON;
    private Instant unbrokenSince = NOON;
    private Legs legs = new Legs(Map.of(), Map.of());
    private long ruleVersion = 1;
    private List<Duration> escalation = List.of();
    private Optional<Observation> last = Optional.empty();

    static Level level(Severity severity, String below, String hold, String clearHold, String repeatEvery) {
        return new Level(
                severity,
                new Level.Limit.Below(new BigDecimal(below)),
                Optional.empty(),
                Duration.parse(hold),
                Duration.parse(clearHold),
                Duration.parse(repeatEvery),
                Optional.empty());
    }

    Story levels(Level... only) {
        levels = List.of(only);
        return this;
    }

    Story escalates(String... after) {
        escalation = Stream.of(after).map(Duration::parse).toList();
        return this;
    }

    Story legs(Legs newer) {
        legs = newer;
        return this;
    }

    Story ruleChanged(Level... newer) {
        ruleVersion++;
        return levels(newer);
    }

    /** A tick ten seconds after the last. */
    Story sees(String healthFactor) {
        return sees(healthFactor, healthFactor);
    }

    Story sees(String low, String high) {
        return observe(new Reading.Measured(new BigDecimal(low), Optional.of(new BigDecimal(high))), low, high);
    }

    Story isBlind() {
        return observe(new Reading.Unreadable("no believable price of ETH"), "", "");
    }

    /** Ticks go on, seeing the same, for so long; the last one at its end. */
    Story keepsSeeing(String healthFactor, String duration) {
        var until = at.plus(Duration.parse(duration));
        while (at.isBefore(until)) {
            sees(healthFactor);
        }
        return this;
    }

    /** No ticks for so long. */
    Story gap(String duration) {
        at = at.plus(Duration.parse(duration));
        unbrokenSince = at.plusSeconds(10);
        return this;
    }

    /** Time passes and ticks go on, but the book does not select it. */
    Story quietlyPasses(String duration) {
        at = at.plus(Duration.parse(duration));
        return this;
    }

    Story restarts() {
        state = AlertStateJson.read(AlertStateJson.write(state));
        return this;
    }

    Story acknowledges() {
        state = state.with(new Attention(Optional.of(at), Optional.empty()));
        return this;
    }

    Story snoozes(String duration) {
        state = state.with(new Attention(Optional.empty(), Optional.of(at.plus(Duration.parse(duration)))));
        return this;
    }

    Story ends(Because because) {
        return take(Life.end(state, at, because));
    }

    private Story observe(Reading reading, String low, String high) {
        at = at.plusSeconds(10);
        last = Optional.of(observation(reading, low, high));
        return take(Life.next(state, last.orElseThrow()));
    }

    private Observation observation(Reading reading, String low, String high) {
        var known = !low.isEmpty();
        return new Observation(
                at,
                unbrokenSince,
                ruleVersion,
                levels.stream().map(level -> verdict(level, reading)).toList(),
                Side.BELOW,
                known ? Optional.of(new BigDecimal(high)) : Optional.empty(),
                known ? Optional.of(room(high)) : Optional.empty(),
                known && new BigDecimal(high).compareTo(BigDecimal.ONE) < 0,
                known && new BigDecimal(low).compareTo(BigDecimal.ONE) < 0,
                known && room(low).compareTo(Life.SAFE_ROOM) >= 0,
                legs,
                escalation,
                false);
    }

    /** As of a loan with one collateral and stable debt: 1 − 1/H, in percent. */
    private static BigDecimal room(String healthFactor) {
        var percent = 100 * (1 - 1 / Double.parseDouble(healthFactor));
        return BigDecimal.valueOf(Math.max(0, percent));
    }

    private static Verdict verdict(Level level, Reading reading) {
        var threshold = Threshold.of(level);
        return new Verdict(level, threshold.toFire(reading), threshold.toClear(reading));
    }

    private Story take(Step step) {
        state = step.state();
        told.addAll(step.transitions());
        return this;
    }

    AlertState state() {
        return state;
    }

    Instant now() {
        return at;
    }

    Optional<Instant> nextDue() {
        return last.flatMap(seen -> Life.nextDue(state, seen));
    }

    List<Transition> transitions() {
        return List.copyOf(told);
    }

    /** Each transition as {@code firing/crossed@warning}. */
    List<String> words() {
        return told.stream()
                .map(t -> t.type().substring("alert.".length()) + "/" + t.reason() + "@"
                        + t.severity().name().toLowerCase(java.util.Locale.ROOT))
                .toList();
    }

    Transition last() {
        return told.getLast();
    }
}
