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

/** Prices of different ages, from real servers that date them to notices in a real database. */
@QuarkusTest
@TestProfile(WatchProfile.class)
class FeedSkewTest {
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
    private String thin;

    @BeforeEach
    void adaBorrows() throws IOException {
        rows("delete from account");
        rows("delete from snapshot");
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity', judged_until = null");
        clock.advance(Duration.ofDays(2));
        prices = new PriceServer(WatchProfile.PORT, clock);
        prices.set("ETH", "3000");
        prices.set("kraken", "ETH", "none"); // it does not date what it says
        prices.set("USDC", "1");
        replica = replicas.make();
        aQuietQuarterOfAnHour();
        ada = Borrower.signsUp().withoutRules();
        ada.borrows("1000");
        thin = ada.borrows("2390"); // 0.42 % away; 1.15 % in doubt after a minute and a half
        ada.creates("/rules", """
                {"name":"skew","condition":{"type":"feed-skew"},
                 "levels":[{"severity":"warning","after":"PT1M","hold":"PT0S","clearHold":"PT0S","repeatEvery":"PT24H"}]}""");
    }

    @AfterEach
    void close() {
        replica.release();
        prices.close();
    }

    @Test
    void aFeedThatStandsIsToldOnceOfTheThinPositionAndResolvesWhenItMovesOn() {
        replica.tick();

        prices.date("ETH", clock.instant());
        ticks(6);
        var atAMinute = timeline();
        ticks(3);
        prices.date("ETH", clock.instant());
        ticks(1);

        assertThat(atAMinute).isEmpty();
        assertThat(timeline()).containsExactly("1 alert.firing crossed", "2 alert.resolved recovered");
        assertThat(rows("select distinct subject from alert")).containsExactly("position:" + thin);
        assertThat(data().getFirst().getString("text"))
                .startsWith("The prices of USDC and ETH that ETH loan stands on are 1 min 10 s apart (USDC less than a"
                        + " second old, ETH 1 min 10 s old); in that time they may have moved 0.12 %, the feeds are only"
                        + " as exact as 1.00 %, and liquidation is 0.41 % away.");
    }

    @Test
    void theNoticeHoldsWhatItIsMadeOf() {
        replica.tick();
        prices.date("ETH", clock.instant());
        ticks(7);

        var notice = data().getFirst();

        assertThat(notice.getJsonObject("reading").getString("low")).isEqualTo("70");
        assertThat(notice.getJsonObject("skew").getJsonObject("oldest").getLong("ageSeconds"))
                .isEqualTo(70);
        assertThat(notice.getJsonObject("health").getJsonArray("prices")).hasSize(2);
    }

    /** Liquidatable whatever a bitcoin costs, of which there is no price: judged, though nobody knows how old that is. */
    @Test
    void whatHasNoAgeNeitherFiresNorIsBlindness() {
        ada.rulesBlind("PT10S");
        ada.creates("/positions", """
                {"kind":"declared","name":"lost",
                 "collateral":[{"asset":"ETH","amount":"1","liquidationThreshold":"0.8"}],
                 "debt":[{"asset":"USDC","amount":"2500"},{"asset":"BTC","amount":"0.1"}]}""");
        replica.tick();

        prices.date("ETH", clock.instant());
        ticks(6);

        assertThat(timeline()).isEmpty();
    }

    @Test
    void whileEveryPriceIsYoungItCostsNothing() {
        ticks(3);

        assertThat(replica.tickAfter(TICK).selected()).isZero();
    }

    /** From which on it is not known any more how wild prices were in another test. */
    private void aQuietQuarterOfAnHour() {
        for (var minute = 0; minute <= 16; minute++) {
            clock.advance(Duration.ofMinutes(1));
            replica.tick();
        }
    }

    private void ticks(int ticks) {
        IntStream.range(0, ticks).forEach(tick -> replica.tickAfter(TICK));
    }

    private List<String> timeline() {
        return rows("select sequence || ' ' || type || ' ' || reason from transition order by at, sequence");
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
