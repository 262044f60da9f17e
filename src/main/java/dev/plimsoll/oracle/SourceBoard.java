package dev.plimsoll.oracle;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How the sources do, as this replica knows: seen by its own watch, or read from the database while another replica's
 * watch asks them.
 */
@Singleton
public class SourceBoard {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Posted>> latest = new AtomicReference<>(Optional.empty());

    /**
     * @param at       the tick's instant
     * @param statuses in the order of their names
     */
    public record Posted(long epoch, Instant at, List<SourceStatus> statuses) {
        /** Before anything was posted. */
        static final Posted NOTHING = new Posted(0, Instant.EPOCH, List.of());

        public Posted {
            statuses = List.copyOf(statuses);
        }
    }

    public Optional<Posted> latest() {
        return latest.get();
    }

    /** Keeps it unless one of a later epoch is known. */
    public void offer(Posted posted) {
        var held = latest.updateAndGet(
                known -> known.filter(before -> before.epoch() > posted.epoch()).or(() -> Optional.of(posted)));
        if (held.filter(kept -> kept == posted).isPresent()) {
            listeners.forEach(Runnable::run);
        }
    }

    /** @param listener runs after each that was kept, on the thread that offered it: it must be quick */
    public void onNews(Runnable listener) {
        listeners.add(listener);
    }
}
