package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rule would have said of one thing.
 *
 * @param told    in the order of time; of a position, up to the end of the bar in which it was liquidated
 * @param sunk    empty where it surely never was
 * @param perhaps when the first bar began in which it may have been, where that was earlier or is all there is to say
 * @param judged  for how long it could be judged
 * @param unknown for how long it could not
 */
public record Story(
        Subject subject,
        List<Told> told,
        Optional<Sunk> sunk,
        Optional<Instant> perhaps,
        Duration judged,
        Duration unknown) {
    public Story {
        told = List.copyOf(told);
    }

    /** The first time it would have fired. */
    public Optional<Told> firstFired() {
        return told.stream()
                .filter(one -> one.transition() instanceof Transition.Fired)
                .findFirst();
    }

    /** The firing that had not resolved when the position was liquidated; empty when there was none, or it came later. */
    public Optional<Told> warning() {
        return sunk.flatMap(end -> told.stream()
                .filter(one -> !one.transition().at().isAfter(end.at()))
                .filter(one ->
                        one.transition() instanceof Transition.Fired || one.transition() instanceof Transition.Resolved)
                .reduce((earlier, later) -> later)
                .filter(one -> one.transition() instanceof Transition.Fired));
    }

    /** From that firing to the liquidation. */
    public Optional<Duration> leadTime() {
        return warning()
                .flatMap(fired ->
                        sunk.map(end -> Duration.between(fired.transition().at(), end.at())));
    }
}
