package dev.plimsoll.api;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.PriceMinute;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Asset;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On prices of 2019, of which no other test knows. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class PositionHistoryTest {
    private static final Instant TEN = Instant.parse("2019-06-05T10:00:00Z");
    private static final String LOAN = """
            {"kind":"declared","name":"ETH loan",
             "collateral":[{"asset":"ETH","amount":"10","liquidationThreshold":"0.8"}],
             "debt":[{"asset":"USDC","amount":"20000"}]}""";

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    PriceStore prices;

    @Inject
    LatestMarket market;

    private Customer ada;
    private String loan;

    @BeforeEach
    void borrow() throws Throwable {
        ada = Customer.signUp(engine);
        loan = ada.sends(LOAN)
                .post("/positions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        subscribeAndAwait(
                () -> engine.query("delete from price where at < '2019-07-01Z'").execute());
    }

    @Test
    void aHistoryStandsOnRecordedPricesWithItsGaps() throws Throwable {
        record(0, "ETH", "2990", "3010", "3000");
        record(1, "ETH", "2500", "3000", "2750");
        record(4, "ETH", "3100", "3100", "3100");
        for (var minute = 0; minute < 6; minute++) {
            record(minute, "USDC", "1", "1", "1");
        }

        history("from=2019-06-05T10:00:00Z&to=2019-06-05T10:06:00Z&step=PT2M")
                .statusCode(200)
                .body("position", equalTo(loan))
                .body("basis", containsString("position as it is today"))
                .body("step", equalTo("PT2M"))
                .body("points.at", contains("2019-06-05T10:00:00Z", "2019-06-05T10:02:00Z", "2019-06-05T10:04:00Z"))
                .body("points[0].low", equalTo("1.0000"))
                .body("points[0].high", equalTo("1.2040"))
                .body("points[0].close", equalTo("1.1000"))
                .body("points[0].unknownFor", nullValue())
                .body("points[1].low", nullValue())
                .body("points[1].unknownFor", equalTo("PT2M"))
                .body("points[2].close", equalTo("1.2400"))
                .body("points[2].unknownFor", equalTo("PT1M"));
    }

    @Test
    void whatWasThinnedWithAgeIsStillThere() throws Throwable {
        thinned(60, "ETH", "2500", "3000", "2750");
        thinned(60, "USDC", "1", "1", "1");

        history("from=2019-06-05T10:00:00Z&to=2019-06-05T11:00:00Z&step=PT20M")
                .body("points.low", contains("1.0000", "1.0000", "1.0000"));
        history("from=2019-06-05T10:40:00Z&to=2019-06-05T11:20:00Z&step=PT20M")
                .body("points.unknownFor", contains(null, "PT20M"));
        history("from=2019-06-05T00:00:00Z&to=2019-06-06T00:00:00Z&step=PT4H")
                .body("points[2].close", equalTo("1.1000"))
                .body("points[2].unknownFor", equalTo("PT3H"));
    }

    @Test
    void theMinutesThatAreNotRecordedYetAreKnown() {
        market.offer(1, Given.marketAt(Instant.parse("2019-06-05T12:00:30Z"), "ETH 3000", "USDC 1"));
        market.offer(1, Given.marketAt(Instant.parse("2019-06-05T12:01:10Z"), "ETH 2750", "USDC 1"));

        history("from=2019-06-05T12:00:00Z&to=2019-06-05T12:02:00Z&step=PT1M")
                .body("points.close", contains("1.2000", "1.1000"));
    }

    @Test
    void withoutAnythingSaidItIsTheLastDayInFiveMinutes() {
        history("")
                .statusCode(200)
                .body("step", equalTo("PT5M"))
                .body("points", hasSize(org.hamcrest.Matchers.oneOf(288, 289)));
    }

    @Test
    void aLongTimeIsShownInLongerSteps() {
        history("from=2019-06-01T00:00:00Z&to=2019-07-01T00:00:00Z")
                .body("step", equalTo("PT1H"))
                .body("points", hasSize(720))
                .body("points.low", everyItem(nullValue()));
    }

    @Test
    void anotherAccountsPositionIsNotThere() throws Throwable {
        Customer.signUp(engine)
                .asks()
                .get("/positions/" + loan + "/history")
                .then()
                .statusCode(404);
        ada.asks()
                .get("/positions/019a6f3e-8c30-7c0f-a2be-91d2f0b66e04/history")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "from=yesterday                                         | 'from' is an RFC 3339 time",
                "from=2019-06-05T10:00:00+02:00                         | write a '+' in it as %2B",
                "to=2019-06-05                                          | 'to' is an RFC 3339 time",
                "step=5                                                 | 'step' is a duration",
                "step=PT30S                                             | from PT1M",
                "step=PT90S                                             | in whole minutes",
                "step=-PT5M                                             | from PT1M",
                "step=P32D                                              | to P31D",
                "step=PT9999999999999999999S                            | 'step' is a duration",
                "to=9999-01-01T00:00:00Z                                | in the future",
                "from=9998-01-01T00:00:00Z                              | begins at least a minute before",
                "from=2019-06-05T10:00:00Z&to=2019-06-05T10:00:00Z      | begins at least a minute before",
                "from=2019-06-01T00:00:00Z&to=2019-07-01T00:00:00Z&step=PT1M | are 43200 points, and 2000 is the most",
                "from=1970-01-01T00:00:00Z&to=2019-07-01T00:00:00Z      | are 18078 points",
                "steps=PT5M                                             | did you mean 'step'"
            })
    void aRangeThatMakesNoSenseIsRefusedWithASentence(String query, String sentence) {
        history(query).statusCode(400).body("errors.detail", hasItem(containsString(sentence)));
    }

    @Test
    void faultsAreToldAtOnce() {
        history("from=x&to=y&step=z").statusCode(400).body("errors", hasSize(3));
    }

    private ValidatableResponse history(String query) {
        return ada.asks()
                .urlEncodingEnabled(false)
                .get("/positions/" + loan + "/history" + (query.isEmpty() ? "" : "?" + query))
                .then();
    }

    private void record(int minute, String asset, String low, String high, String close) throws Throwable {
        var extremes =
                new Extremes(new BigDecimal(low), new BigDecimal(low), new BigDecimal(high), new BigDecimal(high));
        var at = TEN.plusSeconds(minute * 60L);
        var believed = Optional.of(new Believed(extremes, new BigDecimal(close)));
        subscribeAndAwait(() -> engine.withTransaction(
                tx -> prices.record(tx, List.of(new PriceMinute(new Asset(asset), at, believed, Map.of())))));
    }

    private void thinned(int minutes, String asset, String low, String high, String close) throws Throwable {
        record(0, asset, low, high, close);
        subscribeAndAwait(() -> engine.query("update price set span_minutes = %d where at = '%s' and asset = '%s'"
                        .formatted(minutes, TEN, asset))
                .execute());
    }
}
