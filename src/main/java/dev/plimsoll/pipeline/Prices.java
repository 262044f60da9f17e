package dev.plimsoll.pipeline;

import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Hindsight;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Tick;
import io.smallrye.mutiny.Multi;
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
    private final Hindsight hindsight;
    private final Set<Asset> assets;

    Prices(Oracles oracles, Assembly consensus, Publication publication, Hindsight hindsight, AssetRegistry registry) {
        this.oracles = oracles;
        this.consensus = consensus;
        this.publication = publication;
        this.hindsight = hindsight;
        this.assets = registry.all().stream().map(AssetInfo::asset).collect(Collectors.toUnmodifiableSet());
    }

    /** Fails with {@link LeaseLost} where the watch of a later epoch has published already. */
    Uni<MarketSnapshot> publish(Tick tick, Term term) {
        return recall(term) // what the watch before this one knew, after a start or a take-over
                .chain(() -> oracles.ask(assets, tick)) // List<Answer>, within the asking deadline
                .map(answers -> consensus.judge(tick, answers, hindsight.before(tick))) // MarketSnapshot
                .call(market -> publication.publish(market, term)); // every replica answers from it
    }

    /** Between the ticks, see {@link Oracles#listen}. */
    Uni<Void> listen() {
        return oracles.listen();
    }

    private Uni<Void> recall(Term term) {
        return hindsight.isOf(term.epoch()) ? Uni.createFrom().voidItem() : publication.refresh();
    }

    /** Something whenever a replica published; see {@link Publication#hints}. */
    Multi<String> hints() {
        return publication.hints();
    }

    /** Learns what another replica's watch published. */
    Uni<Void> refresh() {
        return publication.refresh();
    }
}
