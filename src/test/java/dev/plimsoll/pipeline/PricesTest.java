package dev.plimsoll.pipeline;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Hindsight;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketConfig;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.SnapshotStores;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.SourceStore;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Tick;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one watch leaves to the next: Kraken gives no time with its prices, and stands still. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class PricesTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Duration PATIENCE = ofSeconds(60);

    @Inject
    HandClock clock;

    @Inject
    Oracles oracles;

    @Inject
    Assembly consensus;

    @Inject
    SnapshotStores stores;

    @Inject
    SourceStore sources;

    @Inject
    MarketConfig config;

    @Inject
    AssetRegistry registry;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private PriceServer venues;

    @BeforeEach
    void open() throws IOException {
        engine.query("delete from snapshot").execute().await().atMost(PATIENCE);
        venues = new PriceServer(WatchProfile.PORT, clock);
        venues.set("ETH", "3000");
    }

    @AfterEach
    void close() {
        venues.close();
    }

    @Test
    void aRestartInAStandstillDoesNotBelieveTheDeadVenueAgain() {
        krakenDies(replica());

        othersAsk("2990");
        var market = publish(replica(), 2);

        assertThat(kraken(market).unused()).contains("stands still");
        assertThat(market.range(ETH).high().orElseThrow()).isEqualByComparingTo("2990");
    }

    @Test
    void whoTakesTheWatchBackKnowsWhatTheOtherSaw() {
        var first = replica();
        publish(first, 1);
        krakenDies(replica(), 2);

        othersAsk("2990");
        var market = publish(first, 3);

        assertThat(kraken(market).unused()).contains("stands still");
    }

    @Test
    void aSilentVenueIsAsOldAsItsLastQuoteAfterARestart() {
        publish(replica(), 1);
        venues.down(true);

        clock.advance(ofMinutes(5));
        var market = publish(replica(), 2);

        assertThat(kraken(market).quoted()).isEmpty();
        assertThat(kraken(market).age().orElseThrow()).isEqualTo(ofMinutes(5).plusSeconds(10));
    }

    private void krakenDies(Prices replica) {
        krakenDies(replica, 1);
    }

    private void krakenDies(Prices replica, long epoch) {
        venues.set("kraken", "ETH", "3000");
        publish(replica, epoch);
        othersAsk("2900");
        assertThat(kraken(publish(replica, epoch)).unused()).contains("stands still");
    }

    private void othersAsk(String usd) {
        venues.set("ETH", usd);
    }

    /** Ten seconds later. */
    private MarketSnapshot publish(Prices replica, long epoch) {
        clock.advance(ofSeconds(10));
        return replica.publish(
                        new Tick(1, clock.instant(), ofSeconds(10)),
                        new Term(epoch, Optional.empty(), Optional.empty()))
                .await()
                .atMost(PATIENCE);
    }

    private Prices replica() {
        var latest = new LatestMarket();
        return new Prices(
                oracles,
                consensus,
                new Publication(stores.of(latest), sources),
                new Hindsight(latest, config),
                registry);
    }

    private static Voice kraken(MarketSnapshot market) {
        return market.of(ETH).orElseThrow().voices().stream()
                .filter(voice -> voice.source().equals("kraken"))
                .findFirst()
                .orElseThrow();
    }
}
