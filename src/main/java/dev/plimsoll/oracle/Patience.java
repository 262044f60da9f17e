package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Habit.Last;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long one tick waits for what it has asked, in real time and never beyond the asking deadline. Whom it does not
 * wait for counts with what it said last, and what it says late counts in the next tick.
 *
 * <p>A lane is waited for
 * <ul>
 *   <li>until the deadline when it is asked for the first time, or while some asset is not priced by two families and
 *       this lane may still price it: in a crash that slows every exchange the tick is as patient as it may be;
 *   <li>otherwise for what it usually takes, but no longer than costs more than a quote of the last tick: three times
 *       what it took to settle all assets, or a twentieth of the tick's interval. If it usually takes longer, not at all;
 *   <li>after a failure or a late answer not at all, unless it is needed; after a failure even then only for what it
 *       usually takes, so that a source that hangs costs nothing.
 * </ul>
 */
final class Patience {
    private static final int QUORUM = 2;
    private static final int AGAIN = 3;
    private static final int SHARE = 20;
    private static final Duration LEAST = Duration.ofMillis(50);
    /** No timer is shorter. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final List<Ask> asks;
    private final Set<Asset> unsettled;
    private final Duration deadline;
    private final Duration least;
    private final long begun = System.nanoTime();
    private Optional<Duration> settled = Optional.empty();

    /** @param asks those of this tick */
    Patience(List<Ask> asks, Set<Asset> assets, Duration deadline, Tick tick) {
        this.asks = asks;
        this.unsettled = new HashSet<>(assets);
        this.deadline = deadline;
        this.least = shorter(deadline, longer(LEAST, tick.interval().dividedBy(SHARE)));
    }

    /** Begins every ask, and ends when none is left that is worth waiting for. */
    Uni<Void> enough() {
        return Uni.combine().any().of(everything(), Uni.createFrom().deferred(this::next));
    }

    private Uni<Void> everything() {
        return asks.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(asks.stream().map(Ask::end).toList())
                        .andCollectFailures()
                        .replaceWithVoid();
    }

    /** Looks again whenever a lane is done, and when the patience with all others is at its end. */
    private Uni<Void> next() {
        var elapsed = Duration.ofNanos(System.nanoTime() - begun);
        var pending = asks.stream().filter(ask -> !ask.isOver()).toList();
        settle(elapsed);
        var left = pending.stream()
                .map(this::limit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .minus(elapsed);
        if (left.compareTo(SHORTEST) < 0) {
            return Uni.createFrom().voidItem();
        }
        var alarm = Uni.createFrom().voidItem().onItem().delayIt().by(left);
        var events = Stream.concat(pending.stream().map(Ask::end), Stream.of(alarm));
        return Uni.combine().any().of(events.toList()).chain(this::next);
    }

    /** An asset is settled when two families have priced it, or when nobody is left who is expected to. */
    private void settle(Duration elapsed) {
        unsettled.removeIf(asset -> families(asset) >= QUORUM
                || asks.stream().noneMatch(ask -> ask.owes(asset) && elapsed.compareTo(longest(ask.habit())) < 0));
        if (unsettled.isEmpty() && settled.isEmpty()) {
            settled = Optional.of(elapsed);
        }
    }

    private long families(Asset asset) {
        return asks.stream()
                .filter(ask -> ask.prices(asset))
                .map(Ask::family)
                .distinct()
                .count();
    }

    private Duration limit(Ask ask) {
        var habit = ask.habit();
        if (habit.last() == Last.NEVER || unsettled.stream().anyMatch(ask::owes)) {
            return longest(habit);
        }
        return habit.isDoubted() || habit.typical().compareTo(worthWhile()) > 0
                ? Duration.ZERO
                : shorter(worthWhile(), usual(habit));
    }

    /** For a lane that is needed. */
    private Duration longest(Habit habit) {
        return habit.last() == Last.FAILED ? usual(habit) : deadline;
    }

    private Duration usual(Habit habit) {
        return shorter(deadline, longer(least, habit.patience()));
    }

    /** For a lane that is not. */
    private Duration worthWhile() {
        return settled.map(took -> shorter(deadline, longer(least, took.multipliedBy(AGAIN))))
                .orElse(deadline);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
