package dev.plimsoll.pipeline;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.SnapshotStore;
import dev.plimsoll.oracle.SourceStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What every replica answers from: the market, and how its sources do. */
@Singleton
class Publication {
    private final SnapshotStore snapshots;
    private final SourceStore sources;

    Publication(SnapshotStore snapshots, SourceStore sources) {
        this.snapshots = snapshots;
        this.sources = sources;
    }

    /** Fails with {@link LeaseLost} where the watch of a later epoch has published already. */
    Uni<Void> publish(MarketSnapshot market, Term term) {
        return snapshots
                .publish(market, term.epoch())
                .invoke(ours -> {
                    if (!ours) {
                        throw new LeaseLost(term);
                    }
                })
                .chain(() -> sources.publish(term.epoch(), market.tick().at()));
    }

    /** Something whenever a replica published; see {@link SnapshotStore#hints}. */
    Multi<String> hints() {
        return snapshots.hints();
    }

    /** Learns what another replica's watch published. */
    Uni<Void> refresh() {
        return snapshots.refresh().chain(sources::refresh);
    }
}
