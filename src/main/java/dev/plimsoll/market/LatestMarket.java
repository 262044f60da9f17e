package dev.plimsoll.market;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The youngest market snapshot this replica knows: published by its own watch, or read from the database while another
 * replica holds the watch.
 */
public final class LatestMarket {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Dated>> latest = new AtomicReference<>(Optional.empty());
    private final Trail trail = new Trail();

    public Optional<MarketSnapshot> snapshot() {
        return latest.get().map(Dated::snapshot);
    }

    /** What was believed in the last day, this snapshot included. */
    public Trail trail() {
        return trail;
    }

    /**
     * Keeps it unless one of a later epoch is known, or of a later tick of the same epoch: two readings may overtake each
     * other. What its clock shows does not count: a clock may be set back.
     */
    public void offer(long epoch, MarketSnapshot snapshot) {
        var offered = new Dated(epoch, snapshot);
        var held = latest.updateAndGet(
                known -> known.filter(before -> before.isAfter(offered)).or(() -> Optional.of(offered)));
        if (held.filter(kept -> kept == offered).isPresent()) {
            trail.add(snapshot);
            listeners.forEach(Runnable::run);
        }
    }

    /** @param listener runs after each snapshot that was kept, on the thread that offered it: it must be quick */
    public void onNews(Runnable listener) {
        listeners.add(listener);
    }

    /** Its snapshot was published by the watch of this epoch. */
    boolean isOf(long epoch) {
        return latest.get().filter(known -> known.epoch() == epoch).isPresent();
    }

    /** True for what {@link #offer} would keep. */
    boolean lacks(long epoch, Instant at) {
        return latest.get()
                .map(known -> epoch > known.epoch() || epoch == known.epoch() && !at.equals(known.at()))
                .orElse(true);
    }

    private record Dated(long epoch, MarketSnapshot snapshot) {
        Instant at() {
            return snapshot.tick().at();
        }

        boolean isAfter(Dated other) {
            return epoch > other.epoch
                    || epoch == other.epoch
                            && snapshot.tick().number() > other.snapshot.tick().number();
        }
    }
}
