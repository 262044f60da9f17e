package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.crash.PriceServer;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contracts on one margin, from real price servers to notices in a real database and back. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class PerpetualWatchTest {
    private static final String CALM =
            "ETH must fall 9.5 % to 2,714.29 USD, or BTC must rise 9.1 % to 65,490.19 USD to be liquidated.";

    private static final Duration TICK = Duration.ofSeconds(10);

    @Inject
    HandClock clock;

    @Inject
    Replica.Maker replicas;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private PriceServer prices;
    private Replica replica;
    private Borrower ada;
    private String cross;

    @BeforeEach
    void adaTrades() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofDays(2)); // no price reaches over from another test
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("BTC", "60000");
        replica = replicas.make();
        ada = Borrower.signsUp().withoutRules();
        cross = ada.creates("/positions", """
                {"kind":"perpetual","name":"pair","margin":"4000","maintenanceMarginRate":"0.02",
                 "legs":[{"asset":"ETH","side":"long","size":"10","entryPrice":"3000"},
                         {"asset":"BTC","side":"short","size":"0.5","entryPrice":"60000"}]}""");
        ada.creates("/rules", """
                {"name":"margin","watches":"all","condition":{"type":"health-factor"},
                 "levels":[{"severity":"warning","below":"2","clearAbove":"2.1","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT24H"},
                           {"severity":"critical","below":"1.3","clearAbove":"1.4","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT24H"}]}""");
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    @Test
    void aFallIsToldStepByStepAndItsEndDoesNotSayThatAllIsWell() {
        ticksAt("ETH", "3000", "2820", "2740", "2710", "3000"); // 3.33, 1.89, 1.21, 0.96

        assertThat(timeline())
                .containsExactly(
                        "1 alert.firing crossed",
                        "2 alert.worsened crossed",
                        "3 alert.worsened liquidatable",
                        "4 alert.resolved maybe-liquidated");
        assertThat(texts())
                .containsExactly(
                        "pair is at health factor 1.89. ETH must fall 3.7 % to 2,714.29 USD, or BTC must rise 3.3 % to"
                                + " 62,031.37 USD to be liquidated. Liquidation would take what is left of the margin then, up to"
                                + " about 1,185 USD.",
                        "Now critical: pair is at health factor 1.21. ETH must fall 0.9 % to 2,714.29 USD, or BTC must rise"
                                + " 0.8 % to 60,494.11 USD to be liquidated. Liquidation would take what is left of the margin"
                                + " then, up to about 1,153 USD. Cheapest: add 322.00 USD of margin to be at 1.50. Or: close"
                                + " 3.9173 ETH of the long; close 0.17889 BTC of the short.",
                        "Liquidatable: pair is at health factor 0.96. It can be liquidated now. Liquidation would take what is"
                                + " left of the margin then, up to about 1,142 USD. Cheapest: add 613.00 USD of margin to be at"
                                + " 1.50. Or: close 7.5400 ETH of the long; close 0.34056 BTC of the short.",
                        "pair is at health factor 3.33, but was below 1. You may have been liquidated: check it. "
                                + CALM);
    }

    @Test
    void aRiseIsToldAndIsOverWhenThePriceComesBack() {
        ticksAt("BTC", "63500", "64800", "64000", "60000"); // 1.82, 1.28, 1.61, 3.33

        assertThat(timeline())
                .containsExactly(
                        "1 alert.firing crossed",
                        "2 alert.worsened crossed",
                        "3 alert.eased eased",
                        "4 alert.resolved recovered");
        assertThat(texts())
                .containsExactly(
                        "pair is at health factor 1.82. ETH must fall 3.4 % to 2,896.43 USD, or BTC must rise 3.1 % to"
                                + " 65,490.19 USD to be liquidated. Liquidation would take what is left of the margin then, up to"
                                + " about 1,255 USD.",
                        "Now critical: pair is at health factor 1.28. ETH must fall 1.1 % to 2,964.09 USD, or BTC must rise"
                                + " 1.0 % to 65,490.19 USD to be liquidated. Liquidation would take what is left of the margin"
                                + " then, up to about 1,255 USD. Cheapest: add 272.00 USD of margin to be at 1.50. Or: close"
                                + " 3.0223 ETH of the long; close 0.13992 BTC of the short.",
                        "Resolved: pair is at health factor 3.33. " + CALM);
    }

    @Test
    void addingMarginIsWhyItIsOver() {
        ticksAt("ETH", "3000", "2740");

        ada.adjusts(cross, "{\"deposit\":[{\"asset\":\"USD\",\"amount\":\"3000\"}]}");
        ticksAt("ETH", "2740");

        assertThat(timeline()).last().isEqualTo("2 alert.resolved collateral-added");
        assertThat(texts())
                .last()
                .isEqualTo(
                        "Resolved after margin was added: pair is at health factor 3.83. ETH must fall 12.1 % to 2,408.17"
                                + " USD, or BTC must rise 10.6 % to 66,376.47 USD to be liquidated.");
    }

    @Test
    void closingALegIsWhyItIsOver() {
        ticksAt("ETH", "3000", "2740");

        ada.changes("/positions/" + cross, """
                {"legs":[{"asset":"ETH","side":"long","size":"1","entryPrice":"3000"}],"margin":"1600"}""");
        ticksAt("ETH", "2740");

        assertThat(texts())
                .last()
                .asString()
                .startsWith("Resolved after a leg was closed or made smaller: pair is at ");
    }

    private void ticksAt(String asset, String... usd) {
        for (var price : usd) {
            prices.set(asset, price);
            replica.tickAfter(TICK);
        }
    }

    private List<String> timeline() {
        return rows("select sequence || ' ' || type || ' ' || reason from transition order by at, sequence");
    }

    private List<String> texts() {
        return rows("select data::text from notice order by at, sequence").stream()
                .map(JsonObject::new)
                .map(data -> data.getString("text"))
                .toList();
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
