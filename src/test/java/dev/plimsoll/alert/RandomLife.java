package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.Chronicle.Reading;
import dev.plimsoll.alert.Chronicle.Rung;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdict;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One alert through a random history, lived by {@link Life} and written by {@link Chronicle}. */
final class RandomLife {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final SplittableRandom dice;
    private final List<Rung> rungs;
    private final List<Long> steps;
    private final Chronicle chronicle;
    private final long interval;
    private final int stride;
    private AlertState state = AlertState.quiet(0);
    private long now;
    private long unbrokenSince;
    private int healthFactor;

    RandomLife(long seed) {
        dice = new SplittableRandom(seed);
        rungs = rungs();
        steps = Stream.of(60L, 300L, 3_000L, 9_000L).limit(dice.nextInt(4)).toList();
        chronicle = new Chronicle(rungs, steps);
        interval = any(10L, 60L, 600L);
        stride = any(2, 15, 120);
        healthFactor = rungs.getFirst().limit() + dice.nextInt(-50, 150);
    }

    private List<Rung> rungs() {
        var made = new ArrayList<Rung>();
        var limit = 1_000 + dice.nextInt(5, 500);
        for (var severity : Severity.values()) {
            if (dice.nextInt(4) > 0 || severity == Severity.CRITICAL && made.isEmpty()) {
                made.add(new Rung(
                        severity,
                        limit,
                        limit + dice.nextInt(1, 40),
                        any(0L, 20L, 60L, 900L),
                        any(0L, 30L, 300L, 3_600L),
                        any(0L, 60L, 900L, 14_400L)));
                limit -= dice.nextInt(1, 200);
            }
        }
        return made;
    }

    /** What the two say of the next tick. */
    record Both(List<String> lived, List<String> written) {}

    Both tick() {
        pass();
        act();
        var reading = reading();
        var step = Life.next(dice.nextInt(5) == 0 ? restarted() : state, observation(reading));
        var before = state;
        state = step.state();
        return new Both(
                step.transitions().stream().map(one -> words(one, before)).toList(),
                chronicle.tick(now, unbrokenSince, reading));
    }

    boolean fires() {
        return state.phase() == Phase.FIRING;
    }

    boolean shouldFire() {
        return chronicle.isFiring();
    }

    private AlertState restarted() {
        return AlertStateJson.read(AlertStateJson.write(state));
    }

    private void pass() {
        var pause = dice.nextInt(40) == 0 ? interval * dice.nextInt(2, 9) : interval;
        now += pause;
        unbrokenSince = pause > 3 * interval ? now : unbrokenSince;
    }

    private void act() {
        if (!fires() || dice.nextInt(30) > 0) {
            return;
        }
        var attention = state.attention();
        if (dice.nextBoolean() && attention.acknowledgedAt().isEmpty()) {
            chronicle.acknowledged(now);
            act(new Attention(Optional.of(at(now)), attention.snoozedUntil()));
        } else {
            var until = now
                    + Math.min(
                            any(60L, 3_600L, 80_000L),
                            Attention.patience(state.severity()).toSeconds());
            chronicle.snoozed(now, until);
            act(new Attention(attention.acknowledgedAt(), Optional.of(at(until))));
        }
    }

    private void act(Attention newer) {
        state = state.acted(state.sequence() + 1, newer);
    }

    private Optional<Reading> reading() {
        healthFactor = Math.max(900, healthFactor + dice.nextInt(-stride, stride + 1));
        if (dice.nextInt(60) == 0) {
            healthFactor = rungs.get(dice.nextInt(rungs.size())).limit();
        }
        var apart = dice.nextInt(6) == 0 ? dice.nextInt(60) : 0;
        return dice.nextInt(25) == 0 ? Optional.empty() : Optional.of(new Reading(healthFactor - apart, healthFactor));
    }

    private Observation observation(Optional<Reading> reading) {
        var read = reading.<dev.plimsoll.rule.Reading>map(RandomLife::measured)
                .orElseGet(() -> new dev.plimsoll.rule.Reading.Unreadable("no believable price of ETH"));
        return new Observation(
                at(now),
                at(unbrokenSince),
                1,
                rungs.stream().map(rung -> verdict(rung, read)).toList(),
                Side.BELOW,
                reading.map(Reading::high).map(RandomLife::factor),
                reading.map(Reading::high).map(RandomLife::room),
                reading.filter(r -> r.high() < 1_000).isPresent(),
                reading.filter(r -> r.low() < 1_000).isPresent(),
                reading.filter(r -> room(r.low()).compareTo(Life.SAFE_ROOM) >= 0)
                        .isPresent(),
                Legs.NONE,
                steps.stream().map(Duration::ofSeconds).toList(),
                false);
    }

    private static dev.plimsoll.rule.Reading measured(Reading reading) {
        return new dev.plimsoll.rule.Reading.Measured(factor(reading.low()), Optional.of(factor(reading.high())));
    }

    private static Verdict verdict(Rung rung, dev.plimsoll.rule.Reading reading) {
        var threshold = new Threshold(Side.BELOW, factor(rung.limit()), factor(rung.clear()));
        var level = new Level(
                rung.severity(),
                new Level.Limit.Below(threshold.limit()),
                Optional.of(threshold.clear()),
                Duration.ofSeconds(rung.hold()),
                Duration.ofSeconds(rung.clearHold()),
                Duration.ofSeconds(rung.repeat()),
                Optional.empty());
        return new Verdict(level, threshold.toFire(reading), threshold.toClear(reading));
    }

    private static BigDecimal factor(int thousandths) {
        return BigDecimal.valueOf(thousandths, 3);
    }

    private static BigDecimal room(int thousandths) {
        return HUNDRED.subtract(HUNDRED.divide(factor(thousandths), MathContext.DECIMAL64))
                .max(BigDecimal.ZERO);
    }

    private static Instant at(long seconds) {
        return Story.NOON.plusSeconds(seconds);
    }

    private static String words(Transition one, AlertState before) {
        var words = "%d %s/%s@%s"
                .formatted(
                        one.sequence(),
                        one.type().substring("alert.".length()),
                        one.reason(),
                        one.severity().name().toLowerCase(Locale.ROOT));
        return switch (one) {
            case Transition.Escalated escalated -> words + " step " + escalated.step();
            case Transition.Resolved resolved ->
                words + " after " + resolved.lasted().toSeconds() + " worst "
                        + resolved.worst().orElseThrow().movePointRight(3).intValueExact();
            default -> words;
        };
    }

    @SafeVarargs
    private <T> T any(T... choices) {
        return choices[dice.nextInt(choices.length)];
    }
}
