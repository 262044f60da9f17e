package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Breach;
import dev.plimsoll.alert.AlertState.End;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.AlertState.Told;
import dev.plimsoll.alert.Transition.Fired;
import dev.plimsoll.alert.Transition.Repeated;
import dev.plimsoll.alert.Transition.Repeated.Why;
import dev.plimsoll.alert.Transition.Worsened.How;
import dev.plimsoll.rule.Evaluation;
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

    /** Who was told that it is liquidatable is told anew when it was this far from it in between, in percent. */
    static final BigDecimal SAFE_ROOM = BigDecimal.TWO;

    private Life() {}

    /** The next state, and what happened on the way. Equal to {@code state} when nothing changed. */
    public static Step next(AlertState state, Observation seen) {
        var tracks = Tracks.next(state, seen);
        if (tracks.isEmpty()) {
            return ended(state, seen);
        }
        var open = (state.isOpen() ? state : begin(state, tracks, seen)).with(tracks);
        var top = Tracks.top(tracks);
        var remembered = relieved(open.with(remember(open, seen)), seen);
        return top.map(severity -> judge(remembered, severity, seen)).orElseGet(() -> new Step(remembered, List.of()));
    }

    private static AlertState begin(AlertState state, Map<Severity, Track> tracks, Observation seen) {
        var severity = tracks.keySet().stream().max(Severity::compareTo).orElseThrow();
        return state.begun(severity, seen.at())
                .with(new Breach(seen.ruleVersion(), seen.legs(), seen.value(), Optional.empty(), false));
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
        var told = state.told()
                .map(before -> next.with(new Told(at, before.room(), before.liquidatable(), before.value())));
        var again = new Transition.Repeated(next.sequence(), next.severity(), at, why);
        return new Step(
                told.orElse(next),
                Stream.concat(step.transitions().stream(), Stream.of(again)).toList());
    }

    private static Step judge(AlertState state, Severity top, Observation seen) {
        var next = state.after(Phase.FIRING, top);
        if (state.phase() == Phase.PENDING) {
            var how = seen.sightRegained() ? Fired.How.SIGHT_REGAINED : Fired.How.CROSSED;
            return tell(afresh(next, seen), new Fired(next.sequence(), top, seen.at(), how), seen);
        }
        var way = top.compareTo(state.severity());
        if (way < 0) {
            return new Step(next, List.of(new Transition.Eased(next.sequence(), top, seen.at())));
        }
        var worse = way > 0 ? Optional.of(How.CROSSED) : worse(state, seen);
        if (worse.isPresent()) {
            var heard = way > 0 || isAttended(state) ? afresh(next, seen) : next;
            return tell(heard, new Transition.Worsened(next.sequence(), top, seen.at(), worse.get()), seen);
        }
        return again(Deadlines.onThisClock(state, seen), seen);
    }

    /** What time alone brings, when it got no worse. */
    private static Step again(AlertState state, Observation seen) {
        var next = state.after(Phase.FIRING, state.severity());
        if (isOver(Deadlines.attentionOver(state, seen), seen)) {
            var why = state.attention().ending(state.severity());
            return tell(afresh(next, seen), repeated(next, why, seen), seen);
        }
        if (isOver(Deadlines.escalation(state, seen), seen)) {
            var higher = next.with(next.ladder().climb());
            return new Step(
                    higher,
                    List.of(new Transition.Escalated(
                            next.sequence(),
                            next.severity(),
                            seen.at(),
                            higher.ladder().climbed())));
        }
        if (isOver(Deadlines.repeat(state, seen), seen)) {
            var why = seen.sightRegained() ? Why.SIGHT_REGAINED : Why.REPEATED;
            return tell(next, repeated(next, why, seen), seen);
        }
        return new Step(state, List.of());
    }

    private static boolean isOver(Optional<Instant> deadline, Observation seen) {
        return deadline.filter(due -> !seen.at().isBefore(due)).isPresent();
    }

    private static boolean isAttended(AlertState state) {
        return !state.attention().equals(Attention.NONE);
    }

    /** Nobody has taken up what is told now: the escalation begins anew. */
    private static AlertState afresh(AlertState next, Observation seen) {
        return next.with(Attention.NONE).with(next.ladder().afresh(seen.at()));
    }

    private static Repeated repeated(AlertState next, Why why, Observation seen) {
        return new Repeated(next.sequence(), next.severity(), seen.at(), why);
    }

    private static Step tell(AlertState next, Transition transition, Observation seen) {
        var before = next.told().map(Told::liquidatable).orElse(false);
        var told = new Told(seen.at(), seen.room(), before || seen.liquidatable(), seen.value());
        return new Step(next.with(told), List.of(transition));
    }

    private static AlertState relieved(AlertState state, Observation seen) {
        return state.told()
                .filter(told -> told.liquidatable() && seen.relieved())
                .map(told -> state.with(new Told(told.at(), told.room(), false, told.value())))
                .orElse(state);
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
                ? new Breach(seen.ruleVersion(), seen.legs(), before.first(), worst, belowOne)
                : new Breach(before.ruleVersion(), before.legs(), before.first(), worst, belowOne);
    }

    /** The next instant at which time alone may change it while it is seen as it was: a hold over, a repeat due. */
    public static Optional<Instant> nextDue(AlertState state, Observation seen) {
        return Deadlines.next(state, seen);
    }
}
