package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A crash that moves more than the watch looks up at once. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class CrowdTest {
    private static final int CROWD = 20;

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private PriceServer prices;

    @BeforeEach
    void nobodyElse() throws IOException {
        sql("delete from account");
        sql("delete from snapshot");
        sql("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofHours(2));
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("USDC", "1");
    }

    @AfterEach
    void close() {
        prices.close();
    }

    @Test
    void allOfItIsToldInTheTickThatSeesIt() {
        var ada = Borrower.signsUp().withoutRules();
        ada.rulesHealthFactor("1.10", "1.12");
        IntStream.range(0, CROWD).forEach(loan -> ada.borrows("2000"));
        var replica = replicas.make(inPartsOfOne());
        replica.tick();

        prices.set("ETH", "2700");
        var report = replica.tickAfter(Duration.ofSeconds(10));
        replica.release();

        assertThat(report.transitions()).hasSize(CROWD);
        assertThat(sql("select from alert where state = 'firing'")).isEqualTo(CROWD);
    }

    /** Sixteen in a round, for which a tick has a minute. */
    private static PipelineConfig inPartsOfOne() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withDefaultValue("plimsoll.pipeline.chunk-size", "1")
                .withDefaultValue("plimsoll.pipeline.every", "1m")
                .withMapping(PipelineConfig.class)
                .build()
                .getConfigMapping(PipelineConfig.class);
    }

    private int sql(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofMinutes(1)).rowCount();
    }
}
