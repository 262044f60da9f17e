package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.market.Past.Rate;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Asset;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class MarketResourceTest {
    @Inject
    LatestMarket market;

    @BeforeEach
    void publish() {
        market.offer(1, Given.market("ETH 2981.11", "BTC 59000..60000", "USDC ?"));
    }

    @Test
    void theAssetsAreThoseOfTheAssetFile() {
        when().get("/api/v1/market/assets")
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=3600")
                .body("items", hasSize(21))
                .body("next", nullValue())
                .body("items.find { it.symbol == 'WBTC' }.sources.binance.quotedIn", equalTo("BTC"))
                .body("items.find { it.symbol == 'cbBTC' }.anchor.asset", equalTo("BTC"))
                .body("items.find { it.symbol == 'ETH' }.aliases", hasItem("WETH"));
    }

    @Test
    void aPriceIsFoundByAnotherNameOfItsAsset() {
        when().get("/api/v1/market/prices/weth")
                .then()
                .statusCode(200)
                .header("Cache-Control", "public, max-age=1")
                .body("asset", equalTo("ETH"))
                .body("state", equalTo("agreed"))
                .body("price", equalTo("2981.11"));
    }

    @Test
    void aPriceComesWithItsLastDay() {
        market.offer(1, Given.marketAt(Given.NOON.minus(Duration.ofHours(20)), "ETH 2700..2710"));
        market.offer(1, Given.marketAt(Given.NOON.minus(Duration.ofHours(30)), "ETH 1"));
        publish();

        when().get("/api/v1/market/prices/ETH")
                .then()
                .statusCode(200)
                .body("day.from", equalTo("2026-11-20T12:00:00Z"))
                .body("day.to", equalTo("2026-11-21T12:00:00Z"))
                .body("day.low", equalTo("2700"))
                .body("day.high", equalTo("2710"))
                .body("day.open", equalTo("2705"))
                .body("divergence.step", equalTo("PT15M"))
                .body("divergence.maxBps", equalTo(0))
                .body("divergence.points", empty());
        when().get("/api/v1/market/prices").then().body("items[0].day", nullValue());
    }

    @Test
    void aPriceSaysWhatItIsHeldAgainstAndHowWildlyItMoves() {
        var eth = new Asset("ETH");
        var wstEth = new Asset("wstETH");
        var judged = Given.market("ETH 3000", "wstETH 3700");
        var learnt = new Rate(new BigDecimal("1.2345"), Given.NOON, new BigDecimal("1.24"));
        var past =
                new Past(Map.of(), Map.of(), Map.of(), Map.of(wstEth, learnt), Map.of(eth, new BigDecimal("0.0008")));
        market.offer(1, new MarketSnapshot(judged.tick(), judged.assets(), past, judged.drift()));

        when().get("/api/v1/market/prices/wstETH")
                .then()
                .body("anchor.asset", equalTo("ETH"))
                .body("anchor.rate", equalTo("1.2345"))
                .body("anchor.bandBps", equalTo("400"))
                .body("volatilityPercentPerHour", nullValue());
        when().get("/api/v1/market/prices/ETH")
                .then()
                .body("volatilityPercentPerHour", equalTo("0.62"))
                .body("anchor", nullValue())
                .body("past", nullValue());
    }

    @Test
    void allPricesAreOnOnePageWithTheTimeOfTheirTick() {
        when().get("/api/v1/market/prices")
                .then()
                .statusCode(200)
                .body("asOf", equalTo("2026-11-21T12:00:00Z"))
                .body("items.asset", hasItem("BTC"))
                .body("items.find { it.asset == 'BTC' }.low", equalTo("59000"))
                .body("items.find { it.asset == 'BTC' }.price", nullValue())
                .body("items.find { it.asset == 'USDC' }.state", equalTo("no-quorum"));
    }

    @Test
    void anAssetThatTheLastTickDidNotAskForHasNoQuorum() {
        when().get("/api/v1/market/prices/TAO").then().statusCode(200).body("state", equalTo("no-quorum"));
    }

    @Test
    void anUnknownAssetIsNotFound() {
        when().get("/api/v1/market/prices/NOPE")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("/market/assets"));
    }

    /** Two would contradict each other, and a cache takes the stricter. */
    @Test
    void oneHeaderSaysForHowLongAnAnswerMayBeKept() {
        assertThat(cacheControl("/api/v1/market/prices")).containsExactly("public, max-age=1");
        assertThat(cacheControl("/api/v1/market/assets")).containsExactly("public, max-age=3600");
        assertThat(cacheControl("/api/v1/account")).containsExactly("no-store");
    }

    private static List<String> cacheControl(String path) {
        return when().get(path).getHeaders().getValues("Cache-Control");
    }

    @Test
    void whoHasTheAnswerAlreadyIsToldSo() {
        var tag = when().get("/api/v1/market/prices").getHeader("ETag");

        given().header("If-None-Match", tag)
                .when()
                .get("/api/v1/market/prices")
                .then()
                .statusCode(304)
                .header("ETag", tag);
    }

    @Test
    void theSourcesAreThereWithTheirState() {
        when().get("/api/v1/market/sources")
                .then()
                .statusCode(200)
                .body("items.source", hasItems("binance", "bitstamp", "coinbase", "coingecko", "kraken"))
                .body("items.find { it.source == 'coingecko' }.family", equalTo("aggregators"));
    }
}
