package dev.plimsoll.market;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The youngest market snapshot this replica knows: published by its own watch, or read from the database while another
 * replica holds the watch.
 */
public final class LatestMarket {
    private final AtomicReference<Optional<Dated>> latest = new AtomicReference<>(Optional.empty());

    public Optional<MarketSnapshot> snapshot() {
        return latest.get().map(Dated::snapshot);
    }

    /** Keeps it unless a younger one is known. A higher epoch is younger, whatever its clock shows. */
    public void offer(long epoch, MarketSnapshot snapshot) {
        var offered = new Dated(epoch, snapshot);
        latest.updateAndGet(known -> known.filter(offered::isOlderThan).or(() -> Optional.of(offered)));
    }

    /** True for what {@link #offer} would keep. */
    boolean lacks(long epoch, Instant at) {
        return latest.get()
                .map(known -> epoch > known.epoch() || epoch == known.epoch() && at.isAfter(known.at()))
                .orElse(true);
    }

    private record Dated(long epoch, MarketSnapshot snapshot) {
        Instant at() {
            return snapshot.tick().at();
        }

        boolean isOlderThan(Dated other) {
            return epoch < other.epoch || epoch == other.epoch && at().isBefore(other.at());
        }
    }
}
