package dev.plimsoll.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that anybody can check the market on. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class MarketPageTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Inject
    LatestMarket market;

    @Test
    void everyAssetIsThereWithItsStateInWords() {
        market.offer(1, Given.market("ETH 2981.11", "BTC 59000..60000", "USDC ?"));

        when().get("/market")
                .then()
                .statusCode(200)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("as of <time>2026-11-21 12:00:00 UTC</time>"))
                .body(containsString("2,981.11"))
                .body(containsString("59,000.00 to 60,000.00"))
                .body(allOf(
                        containsString(">Agreed<"),
                        containsString(">Sources disagree<"),
                        containsString(">Too few sources<")));
    }

    @Test
    void anAssetShowsTheEvidence() {
        market.offer(
                1,
                ether(
                        voice("kraken", "2981.11", "USDT", Optional.empty()),
                        voice("bitstamp", "3100", "USD", Optional.of("outlier"))));

        when().get("/market/weth")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("2981.11 ± 0.5 USDT"),
                        containsString("+12 bps"),
                        containsString("25 bps"),
                        containsString("1 min 10 s"),
                        containsString("Not used: outlier"),
                        containsString("<td>Used</td>")));
    }

    @Test
    void whatASourceSaysIsShownAndNotObeyed() {
        market.offer(1, ether(voice("<script>alert(1)</script>", "1", "USD", Optional.of("\"><img src=x>"))));

        when().get("/market/ETH")
                .then()
                .body(not(containsString("<script>alert")))
                .body(not(containsString("<img")))
                .body(containsString("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    @Test
    void anUnknownAssetIsAPageToo() {
        when().get("/market/%3Cb%3ENOPE")
                .then()
                .statusCode(404)
                .contentType("text/html;charset=UTF-8")
                .body(containsString("No such asset"))
                .body(not(containsString("<b>")));
    }

    @Test
    void everySourceHasItsState() {
        when().get("/market/sources")
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("kraken"),
                        containsString("Not asked yet"),
                        containsString("Closed: it is asked")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/market", "/market/ETH", "/market/sources", "/market/NOPE"})
    void nothingInAPageNeedsMoreThanItsPolicyAllows(String path) {
        market.offer(1, Given.market("ETH 2981.11"));

        var answer = given().get(path);

        assertThat(answer.getHeaders().getValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.asString())
                .doesNotContain("style=")
                .doesNotContain("<style")
                .doesNotContain("onclick")
                .doesNotContain("http://")
                .doesNotContain("https://");
        assertThat(answer.asString().split("<script")).hasSize(2);
        assertThat(answer.asString()).contains("<script src=\"/static/market.js\" defer></script>");
    }

    @Test
    void thePagesMayBeKeptForASecondAndTheirStyleForAMinute() {
        market.offer(1, Given.market("ETH 2981.11"));

        assertThat(given().get("/market").getHeaders().getValues("Cache-Control"))
                .containsExactly("public, max-age=1");
        for (var file : List.of("market.css", "market.js", "mark.svg")) {
            var answer = given().get("/static/" + file);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.getHeaders().getValues("Cache-Control"))
                    .singleElement()
                    .asString()
                    .contains("max-age=60");
        }
    }

    @Test
    void theRootLeadsToTheMarket() {
        given().redirects().follow(false).get("/").then().statusCode(303).header("Location", equalTo("/market"));
    }

    private static MarketSnapshot ether(Voice... voices) {
        var price = PriceRange.between(new BigDecimal("2981.11"), new BigDecimal("2981.11"));
        var agreed = new Consensus.Agreed(ETH, price, 2, BigDecimal.TEN, List.of(voices));
        return new MarketSnapshot(new Tick(1, NOON, Duration.ofSeconds(10)), Map.of(ETH, agreed));
    }

    private static Voice voice(String source, String value, String in, Optional<String> unused) {
        var number = new BigDecimal(value);
        return new Voice(
                source,
                source,
                Optional.of(new Quoted(
                        number, Optional.of(new Asset(in)).filter(asset -> !in.equals("USD")), new BigDecimal("0.5"))),
                Optional.of(PriceRange.between(number, number)),
                Optional.of(Duration.ofSeconds(3)),
                BigDecimal.valueOf(25),
                Duration.ofSeconds(70),
                Optional.of(BigDecimal.valueOf(12)),
                unused);
    }
}
