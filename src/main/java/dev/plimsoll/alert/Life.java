package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Breach;
import dev.plimsoll.alert.AlertState.End;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.AlertState.Told;
import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.alert.Transition.Worsened.How;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Threshold.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The life of an alert: what a tick makes of it. A tick makes at most one transition.
 *
 * <p>Unknown neither fires nor resolves nor resets what fires; it only starts a hold anew.
 */
public final class Life {

    /** Below this no half of it counts as worsening any more: at 0.1 % the next word is that it is liquidatable. */
    static final BigDecimal LEAST_ROOM = new BigDecimal("0.1");

    private Life() {}

    /** The next state, and what happened on the way. Equal to {@code state} when nothing changed. */
    public static Step next(AlertState state, Observation seen) {
        var tracks = Tracks.next(state, seen);
        if (tracks.isEmpty()) {
            return ended(state, seen);
        }
        var open = (state.isOpen() ? state : begin(state, tracks, seen)).with(tracks);
        var top = Tracks.top(tracks);
        var remembered = open.with(remember(open, seen));
        return top.map(severity -> judge(remembered, severity, seen)).orElseGet(() -> new Step(remembered, List.of()));
    }

    private static AlertState begin(AlertState state, Map<Severity, Track> tracks, Observation seen) {
        return state.begun(tracks.keySet().stream().max(Severity::compareTo).orElseThrow(), seen.at());
    }

    private static Step ended(AlertState state, Observation seen) {
        return switch (state.phase()) {
            case QUIET, RESOLVED -> new Step(state, List.of());
            case PENDING -> new Step(AlertState.quiet(state.episode() - 1), List.of());
            case FIRING -> end(state, seen.at(), because(state.breach(), seen));
        };
    }

    private static Because because(Breach breach, Observation seen) {
        return breach.ruleVersion() == seen.ruleVersion()
                ? seen.legs().becauseSince(breach.legs())
                : Because.RULE_CHANGED;
    }

    /** Ends an open alert, also for a reason that lies outside the market: its rule or position is gone or changed. */
    public static Step end(AlertState state, Instant at, Because because) {
        if (state.phase() != Phase.FIRING) {
            var nothing = state.phase() == Phase.PENDING ? AlertState.quiet(state.episode() - 1) : state;
            return new Step(nothing, List.of());
        }
        var resolved = state.resolved(new End(at, because));
        return new Step(
                resolved,
                List.of(new Transition.Resolved(
                        resolved.sequence(),
                        state.severity(),
                        at,
                        because,
                        Duration.between(state.startedAt(), at),
                        state.breach().worst(),
                        state.breach().belowOne())));
    }

    /** The same step, after which its owner is told of what was kept from them; repeats count from here. */
    public static Step retold(Step step, Instant at, Transition.Repeated.Why why) {
        var state = step.state();
        var next = state.after(state.phase(), state.severity());
        var told = state.told().map(before -> next.with(new Told(at, before.room(), before.liquidatable())));
        var again = new Transition.Repeated(next.sequence(), next.severity(), at, why);
        return new Step(
                told.orElse(next),
                Stream.concat(step.transitions().stream(), Stream.of(again)).toList());
    }

    private static Step judge(AlertState state, Severity top, Observation seen) {
        var next = state.after(Phase.FIRING, top);
        if (state.phase() == Phase.PENDING) {
            return tell(
                    next, new Transition.Fired(next.sequence(), top, seen.at(), Transition.Fired.How.CROSSED), seen);
        }
        var way = top.compareTo(state.severity());
        if (way < 0) {
            return new Step(next, List.of(new Transition.Eased(next.sequence(), top, seen.at())));
        }
        var worse = way > 0 ? Optional.of(How.CROSSED) : worse(state, seen);
        if (worse.isPresent()) {
            return tell(next, new Transition.Worsened(next.sequence(), top, seen.at(), worse.get()), seen);
        }
        return isRepeatDue(state, top, seen)
                ? tell(
                        next,
                        new Transition.Repeated(next.sequence(), top, seen.at(), Transition.Repeated.Why.REPEATED),
                        seen)
                : new Step(state, List.of());
    }

    private static Step tell(AlertState next, Transition transition, Observation seen) {
        var before = next.told().map(Told::liquidatable).orElse(false);
        var told = new Told(seen.at(), seen.room(), before || seen.liquidatable());
        return new Step(next.with(told), List.of(transition));
    }

    private static Optional<How> worse(AlertState state, Observation seen) {
        if (seen.liquidatable() && !state.told().map(Told::liquidatable).orElse(false)) {
            return Optional.of(How.LIQUIDATABLE);
        }
        return seen.room().isPresent()
                        && state.nextWorsening()
                                .filter(step -> seen.room().get().compareTo(step) <= 0)
                                .isPresent()
                ? Optional.of(How.WORSENED)
                : Optional.empty();
    }

    /** Only what is judged breached is repeated: not what is about to resolve, and not what nobody can see. */
    private static boolean isRepeatDue(AlertState state, Severity top, Observation seen) {
        return isBreached(top, seen)
                && repeatDue(state, seen.verdict(top).level())
                        .filter(due -> !seen.at().isBefore(due))
                        .isPresent();
    }

    private static boolean isBreached(Severity severity, Observation seen) {
        return seen.verdict(severity).toClear() instanceof Evaluation.Breached;
    }

    private static Optional<Instant> repeatDue(AlertState state, Level level) {
        if (state.isAcknowledged() || level.repeatEvery().isZero()) {
            return Optional.empty();
        }
        BinaryOperator<Instant> later = (a, b) -> a.isAfter(b) ? a : b;
        return state.told()
                .map(told -> told.at().plus(level.repeatEvery()))
                .map(due -> state.attention()
                        .snoozedUntil()
                        .map(snooze -> later.apply(snooze, due))
                        .orElse(due));
    }

    private static Breach remember(AlertState state, Observation seen) {
        var before = state.breach();
        var belowOne = before.belowOne() || seen.maybeBelowOne();
        var breached = seen.verdicts().stream().anyMatch(v -> v.toClear() instanceof Evaluation.Breached);
        var worst = Stream.concat(before.worst().stream(), seen.value().stream())
                .reduce(
                        seen.worse() == Side.BELOW
                                ? BinaryOperator.minBy(BigDecimal::compareTo)
                                : BinaryOperator.maxBy(BigDecimal::compareTo));
        return breached
                ? new Breach(seen.ruleVersion(), seen.legs(), worst, belowOne)
                : new Breach(before.ruleVersion(), before.legs(), worst, belowOne);
    }

    /** The next instant at which time alone may change it: a hold over, a repeat due, a snooze over. */
    public static Optional<Instant> nextDue(AlertState state, List<Level> levels) {
        if (!state.isOpen()) {
            return Optional.empty();
        }
        var repeat = levels.stream()
                .filter(level -> state.phase() == Phase.FIRING && level.severity() == state.severity())
                .flatMap(level -> repeatDue(state, level).stream());
        return Stream.concat(repeat, levels.stream().flatMap(level -> holdOver(state, level).stream()))
                .min(Instant::compareTo);
    }

    private static Optional<Instant> holdOver(AlertState state, Level level) {
        return Optional.ofNullable(state.tracks().get(level.severity()))
                .filter(track -> track.stage() != Stage.ON)
                .map(track -> track.since().plus(track.stage() == Stage.RISING ? level.hold() : level.clearHold()));
    }
}
