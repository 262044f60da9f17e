package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.unit.Asset;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One ask of one lane, from the moment it is made; answers are noted as they come. */
final class Ask {
    private final String family;
    private final Set<Asset> assets;
    private final Habit habit;
    private final Uni<Void> end;
    private final Set<Asset> answered = ConcurrentHashMap.newKeySet();
    private final Set<Asset> priced = ConcurrentHashMap.newKeySet();
    private final long begun = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean over;

    /**
     * @param habit    of the lane before this ask
     * @param exchange what ends when the source has said all that it says; it is run once and, once begun, to its end,
     *                 whether a tick still waits for it or not
     */
    Ask(String family, Set<Asset> assets, Habit habit, Function<Ask, Uni<Void>> exchange) {
        this.family = family;
        this.assets = Set.copyOf(assets);
        this.habit = habit;
        this.end = exchange.apply(this).memoize().indefinitely();
    }

    void note(Answer answer) {
        answered.add(answer.asset());
        if (answer instanceof Quote) {
            priced.add(answer.asset());
        }
    }

    /** The source's adapter has ended, well or not. */
    void closed() {
        closed = true;
    }

    /** Where this is false the time-out ended it. */
    boolean isClosed() {
        return closed;
    }

    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    String family() {
        return family;
    }

    Habit habit() {
        return habit;
    }

    Uni<Void> end() {
        return end;
    }

    /** By monotonic clock, since it was made. */
    Duration latency() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    boolean prices(Asset asset) {
        return priced.contains(asset);
    }

    /** Whether it may yet say something of the asset. */
    boolean owes(Asset asset) {
        return !over && assets.contains(asset) && !answered.contains(asset);
    }

    /** Those that nothing was said of. */
    Set<Asset> unanswered() {
        return assets.stream().filter(asset -> !answered.contains(asset)).collect(Collectors.toSet());
    }
}
