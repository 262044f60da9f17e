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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules on assets, from prices of real servers to notices in a real database. Five positions hold the asset. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class AssetRulesTest {
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final String AT_ONCE = "\"hold\":\"PT0S\",\"clearHold\":\"PT0S\",\"repeatEvery\":\"PT24H\"";

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

    @BeforeEach
    void adaBorrows() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofDays(2)); // no window reaches back into another test
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("BTC", "60000");
        prices.set("USDC", "1");
        replica = replicas.make();
        ada = Borrower.signsUp().withoutRules();
        IntStream.range(0, 5).forEach(loan -> ada.borrows("1000"));
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    @Test
    void aFallFiresOnceWorsensAsItDoublesAndResolvesWhenItsWindowHasPassed() {
        rule(
                "{\"type\":\"price-change\",\"asset\":\"ETH\",\"direction\":\"down\",\"within\":\"PT5M\"}",
                "\"percent\":10");
        replica.tick();

        prices.set("ETH", "2640");
        ticks(2);
        prices.set("ETH", "2270");
        ticks(1);
        ticks(36);

        assertThat(timeline())
                .containsExactly("1 alert.firing crossed", "2 alert.worsened worsened", "3 alert.resolved recovered");
        assertThat(texts())
                .containsExactly(
                        "ETH fell 12.0 % within 5 min, from 3,000.00 USD to 2,640.00 USD. Loans that hold it as"
                                + " collateral came nearer to liquidation: look at theirs.",
                        "Twice as far as last told: ETH fell 24.3 % within 5 min, from 3,000.00 USD to 2,270.00 USD."
                                + " Loans that hold it as collateral came nearer to liquidation: look at theirs.",
                        "Resolved: ETH has moved no more than 0.0 % within 5 min and is at 2,270.00 USD.");
    }

    @Test
    void aSourceThatLeavesTheOthersIsToldOnceWithWhatEachSays() {
        rule("{\"type\":\"price-divergence\",\"asset\":\"ETH\"}", "\"bps\":\"auto\"");
        replica.tick();

        prices.set("bitstamp", "ETH", "3300");
        ticks(3);
        prices.set("bitstamp", "ETH", "3000");
        ticks(1);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(texts().getFirst())
                .startsWith("Bitstamp says 3,300.00 USD for ETH, 1,000 bps above the median 3,000.00 USD of ")
                .contains(" (its own band is 50 bps). It counts in the market price. coinbase says 3,000.00 USD");
        var data = data().getFirst();
        assertThat(data.getJsonObject("reading").getString("source")).isEqualTo("bitstamp");
        assertThat(data.getJsonObject("reading").getString("low")).isEqualTo("1000");
        assertThat(data.getJsonObject("price").getJsonArray("sources")).hasSize(3);
        assertThat(data.getJsonObject("alert").getJsonObject("subject").getString("id"))
                .isEqualTo("ETH");
    }

    @Test
    void aSourceInsideItsOwnBandIsNotTold() {
        rule("{\"type\":\"price-divergence\",\"asset\":\"ETH\"}", "\"bps\":\"auto\"");
        replica.tick();

        prices.set("coinbase", "ETH", "3015");
        ticks(3);

        assertThat(timeline()).isEmpty();
    }

    @Test
    void aFeedWithoutNewsIsToldThoughItIsSilentAndOthersAreNot() {
        rule("{\"type\":\"price-stale\",\"asset\":\"ETH\",\"source\":\"kraken\"}", "\"after\":\"PT1M\"");
        replica.tick();

        prices.set("kraken", "ETH", "none");
        ticks(8);
        prices.set("kraken", "ETH", "3000");
        ticks(1);

        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(texts().getFirst()).startsWith("Kraken has had no news of ETH for 1 min 10 s;");
    }

    @Test
    void aPegThatIsLostIsToldAndAgainWhenItIsTwiceAsFar() {
        rule("{\"type\":\"depeg\",\"asset\":\"USDC\"}", "\"bps\":100");
        replica.tick();

        prices.set("USDC", "0.985");
        ticks(1);
        prices.set("USDC", "0.97");
        ticks(1);
        prices.set("USDC", "0.994"); // 60 bps: within 0.7 of the limit
        ticks(1);

        assertThat(timeline())
                .containsExactly("1 alert.firing crossed", "2 alert.worsened worsened", "3 alert.resolved recovered");
        assertThat(texts().getFirst()).startsWith("USDC is at 0.98500 USD, 150 bps below 1 USD.");
    }

    @Test
    void withoutAPriceNothingButSilenceFiresOrResolves() {
        rule("{\"type\":\"depeg\",\"asset\":\"USDC\"}", "\"bps\":100");
        rule("{\"type\":\"price-divergence\",\"asset\":\"USDC\"}", "\"bps\":100");
        rule("{\"type\":\"price-change\",\"asset\":\"USDC\",\"within\":\"PT1H\"}", "\"percent\":1");
        replica.tick();
        prices.set("USDC", "0.98");
        ticks(1);
        var told = timeline();

        prices.down(true);
        ticks(30);

        assertThat(told).containsExactly("1 alert.firing crossed", "1 alert.firing crossed");
        assertThat(timeline()).isEqualTo(told);
    }

    @Test
    void manyRulesThatAskTheSameAreEachToldOfTheAsset() {
        rule("{\"type\":\"depeg\",\"asset\":\"USDC\"}", "\"bps\":100");
        rule("{\"type\":\"depeg\",\"asset\":\"USDC\"}", "\"bps\":100");
        replica.tick();

        prices.set("USDC", "0.98");
        ticks(2);

        assertThat(rows("select subject from alert")).containsExactly("asset:USDC", "asset:USDC");
    }

    @Test
    void aCalmTickLooksAtNoneOfThem() {
        rule("{\"type\":\"depeg\",\"asset\":\"USDC\"}", "\"bps\":100");
        rule("{\"type\":\"price-stale\",\"asset\":\"ETH\"}", "\"after\":\"auto\"");
        rule("{\"type\":\"price-divergence\",\"asset\":\"ETH\"}", "\"bps\":\"auto\"");
        rule("{\"type\":\"price-change\",\"asset\":\"ETH\",\"within\":\"PT1H\"}", "\"percent\":1");
        ticks(2);

        assertThat(replica.tickAfter(TICK).selected()).isZero();
    }

    private void rule(String condition, String limit) {
        ada.creates(
                "/rules",
                "{\"name\":\"asset\",\"condition\":%s,\"levels\":[{\"severity\":\"warning\",%s,%s}]}"
                        .formatted(condition, limit, AT_ONCE));
    }

    private void ticks(int ticks) {
        IntStream.range(0, ticks).forEach(tick -> replica.tickAfter(TICK));
    }

    private List<String> timeline() {
        return rows("select sequence || ' ' || type || ' ' || reason from transition order by at, sequence");
    }

    private List<String> texts() {
        return data().stream().map(data -> data.getString("text")).toList();
    }

    private List<JsonObject> data() {
        return rows("select data::text from notice order by at, sequence").stream()
                .map(JsonObject::new)
                .toList();
    }

    private List<String> rows(String sql) {
        return engine.query(sql).execute().await().atMost(Duration.ofSeconds(60)).stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
