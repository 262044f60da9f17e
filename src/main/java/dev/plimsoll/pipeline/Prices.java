package dev.plimsoll.pipeline;

import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;

/** From the price sources to the one market of a tick, of every asset there is. */
@Singleton
class Prices {
    private final Oracles oracles;
    private final Assembly consensus;
    private final Publication publication;
    private final LatestMarket latest;
    private final Set<Asset> assets;

    Prices(Oracles oracles, Assembly consensus, Publication publication, LatestMarket latest, AssetRegistry registry) {
        this.oracles = oracles;
        this.consensus = consensus;
        this.publication = publication;
        this.latest = latest;
        this.assets = registry.all().stream().map(AssetInfo::asset).collect(Collectors.toUnmodifiableSet());
    }

    /** Fails with {@link LeaseLost} where the watch of a later epoch has published already. */
    Uni<MarketSnapshot> publish(Tick tick, Term term) {
        return oracles.ask(assets, tick) // List<Answer>, within the asking deadline
                .map(answers -> consensus.judge(tick, answers)) // MarketSnapshot
                .chain(this::remember) // with what was last seen of what it says nothing of
                .call(market -> publication.publish(market, term)); // every replica answers from it
    }

    /** After a start the last market is read from the database, so that a restart in an outage forgets nothing. */
    private Uni<MarketSnapshot> remember(MarketSnapshot market) {
        var read = latest.snapshot().isPresent() ? Uni.createFrom().voidItem() : publication.refresh();
        return read.map(done -> latest.snapshot().map(market::after).orElse(market));
    }

    /** Learns what another replica's watch published. */
    Uni<Void> refresh() {
        return publication.refresh();
    }
}
