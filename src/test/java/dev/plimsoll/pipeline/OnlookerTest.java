package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Asset;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that never judges. */
@QuarkusTest
class OnlookerTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Instant NOON = Instant.parse("2021-05-19T12:00:00Z");

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    PriceStore store;

    @Inject
    Prices prices;

    @BeforeEach
    void recorded() {
        run("delete from price");
        run("select make_price_month('2021-05-19 00:00Z')");
        run("""
                insert into price (asset, at, lowest_low_usd, lowest_high_usd, highest_low_usd, highest_high_usd, close_usd)
                values ('ETH', '2021-05-19 11:30Z', 3400, 3400, 3500, 3500, 3450)""");
    }

    @Test
    void itKnowsTheDayBeforeItsStart() {
        var latest = new LatestMarket();
        latest.offer(1, Given.marketAt(NOON, "ETH 3000"));

        onlooker(latest).look().await().atMost(Duration.ofSeconds(60));

        assertThat(latest.trail().within(ETH, NOON, Duration.ofHours(1)))
                .map(Extremes::highestHigh)
                .hasValue(new BigDecimal("3500"));
    }

    private Onlooker onlooker(LatestMarket latest) {
        var lease = new Lease(engine, Duration.ofSeconds(15));
        var history = new PriceHistory(lease, store, latest, new SimpleMeterRegistry());
        var config = new SmallRyeConfigBuilder()
                .withMapping(PipelineConfig.class)
                .addDiscoveredConverters()
                .withDefaultValue("plimsoll.pipeline.watch", "false")
                .build()
                .getConfigMapping(PipelineConfig.class);
        return new Onlooker(lease, prices, history, latest, config);
    }

    private void run(String sql) {
        engine.query(sql).execute().await().atMost(Duration.ofSeconds(60));
    }
}
