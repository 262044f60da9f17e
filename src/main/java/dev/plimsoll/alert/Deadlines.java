package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When time alone brings an alert further, if what is seen of it stays as it is. */
final class Deadlines {
    private Deadlines() {}

    /**
     * When what the owner did about it ends. Only what is judged breached is told again: not what is about to resolve,
     * and not what nobody can see.
     */
    static Optional<Instant> attentionOver(AlertState state, Observation seen) {
        return isBreached(state, seen) ? state.attention().endsAt(state.severity()) : Optional.empty();
    }

    /** The next step of the escalation. Who is silent while nobody can see is told too; not while it is clear. */
    static Optional<Instant> escalation(AlertState state, Observation seen) {
        var climbed = state.ladder().climbed();
        if (!state.attention().equals(Attention.NONE)
                || climbed >= seen.escalation().size()
                || evaluation(state, seen) instanceof Evaluation.Clear) {
            return Optional.empty();
        }
        return Optional.of(state.ladder().since().plus(seen.escalation().get(climbed)));
    }

    static Optional<Instant> repeat(AlertState state, Observation seen) {
        var every = seen.verdict(state.severity()).level().repeatEvery();
        if (!state.attention().equals(Attention.NONE) || every.isZero() || !isBreached(state, seen)) {
            return Optional.empty();
        }
        return state.told().map(told -> told.at().plus(every));
    }

    /**
     * After a clock was set back: what seems to lie ahead and is waited for began now; else nobody would be told anything
     * until the clock is where it was.
     */
    static AlertState onThisClock(AlertState state, Observation seen) {
        if (again(state, seen).findAny().isEmpty()) {
            return state;
        }
        var now = seen.at();
        var known = state.with(state.attention().notAheadOf(now))
                .with(state.ladder().notAheadOf(now));
        return known.told().map(told -> known.with(told.notAheadOf(now))).orElse(known);
    }

    /** The first of them, and of the holds that are running. */
    static Optional<Instant> next(AlertState state, Observation seen) {
        var again = state.phase() == Phase.FIRING ? again(state, seen) : Stream.<Instant>empty();
        var holds = state.isOpen()
                ? seen.verdicts().stream().map(Verdict::level).flatMap(level -> holdOver(state, level).stream())
                : Stream.<Instant>empty();
        return Stream.concat(again, holds).min(Instant::compareTo);
    }

    private static Stream<Instant> again(AlertState state, Observation seen) {
        return Stream.of(attentionOver(state, seen), escalation(state, seen), repeat(state, seen))
                .flatMap(Optional::stream);
    }

    private static Optional<Instant> holdOver(AlertState state, Level level) {
        return Optional.ofNullable(state.tracks().get(level.severity()))
                .filter(track -> track.stage() != Stage.ON)
                .map(track -> track.since().plus(track.stage() == Stage.RISING ? level.hold() : level.clearHold()));
    }

    private static boolean isBreached(AlertState state, Observation seen) {
        return evaluation(state, seen) instanceof Evaluation.Breached;
    }

    private static Evaluation evaluation(AlertState state, Observation seen) {
        return seen.verdict(state.severity()).toClear();
    }
}
