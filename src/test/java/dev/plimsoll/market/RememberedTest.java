package dev.plimsoll.market;

import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.quote;
import static dev.plimsoll.market.Street.silent;
import static dev.plimsoll.market.Street.timeless;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Past.Place;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What outlives a process: as it is written to the database and read from there. */
class RememberedTest {
    private final Street before = new Street();
    private final Street after = new Street();

    @Test
    void aRestartInAStandstillDoesNotBelieveTheDeadVenueAgain() {
        before.judge(NOON, timeless("a", ETH, "3000", NOON), quote("b", ETH, "3000"), quote("c", ETH, "3001"));
        var moved = NOON.plus(ofMinutes(1));
        var last = before.judge(
                moved,
                timeless("a", ETH, "3000", moved),
                quote("b", ETH, "2900", moved),
                quote("c", ETH, "2901", moved));

        after.remembers(restored(last).past());
        var near = NOON.plus(ofMinutes(2)); // within the dead venue's band: a stranger would believe it
        var market = after.judge(
                near, timeless("a", ETH, "3000", near), quote("b", ETH, "2990", near), quote("c", ETH, "2991", near));

        assertThat(voice(market, "a").unused()).contains("stands still");
        assertThat(new Street()
                        .judge(
                                near,
                                timeless("a", ETH, "3000", near),
                                quote("b", ETH, "2990", near),
                                quote("c", ETH, "2991", near))
                        .of(ETH)
                        .orElseThrow()
                        .voices())
                .allMatch(Voice::used);
    }

    @Test
    void aSilentSourceIsAsOldAsItsLastGoodQuoteAlsoAfterARestart() {
        var last = before.judge(NOON, quote("a", ETH, "3000", NOON.minusSeconds(4)), quote("b", ETH, "3000"));

        after.remembers(restored(last).past());
        var market = after.judge(NOON.plus(ofMinutes(5)), silent("a", ETH), silent("c", ETH));

        assertThat(voice(market, "a").age()).contains(ofMinutes(5).plusSeconds(4));
        assertThat(voice(market, "a").staleAfter()).isEqualTo(ofSeconds(130));
        assertThat(voice(market, "c").age()).isEmpty();
    }

    @Test
    void anOutOfBoundsQuoteIsNoGoodOne() {
        before.judge(NOON, quote("a", ETH, "3000"));
        var minute = NOON.plus(ofMinutes(1));
        before.judge(minute, quote("a", ETH, "300000", minute));

        var market = before.judge(NOON.plus(ofMinutes(2)), silent("a", ETH));

        assertThat(voice(market, "a").age()).contains(ofMinutes(2));
    }

    @Test
    void aSourceIsNeverSilentForLessThanNothingWhenTheClockIsSetBack() {
        before.judge(NOON, quote("a", ETH, "3000"));

        var market = before.judge(NOON.minus(ofMinutes(10)), silent("a", ETH));

        assertThat(voice(market, "a").age()).contains(ofSeconds(0));
    }

    @Test
    void allThatIsRememberedReadsBackAsItWasWritten() {
        var at = Instant.parse("2025-02-03T11:59:58.123456789Z");
        var place = new Place("a", ETH);
        var past = new Past(
                Map.of(),
                Map.of(place, new Past.Mark(new BigDecimal("3000.5"), Optional.of(new BigDecimal("1.01")), true)),
                Map.of(place, at),
                Map.of(new Asset("wstETH"), new Past.Rate(new BigDecimal("1.2345"), at, new BigDecimal("1.24"))),
                Map.of(ETH, new BigDecimal("0.000731"), new Asset("USDC"), BigDecimal.ZERO));

        assertThat(PastJson.read(new JsonObject(PastJson.write(past).encode()))).isEqualTo(past);
    }

    @Test
    void anOlderSnapshotIsReadThoughItRemembersNothing() {
        var written = MarketSnapshotJson.write(before.judge(NOON, quote("a", ETH, "3000"), quote("b", ETH, "3000")));
        written.remove("past");

        var read = MarketSnapshotJson.read(written);

        assertThat(read.past().heard()).isEmpty();
        assertThat(read.sightings()).containsKey(ETH);
    }

    @Test
    void whatANewerVersionRemembersInAnotherFormIsLeftOut() {
        var newer = new JsonObject()
                .put("standing", new JsonArray().add("a"))
                .put(
                        "heard",
                        new JsonObject()
                                .put(
                                        "a",
                                        new JsonObject().put("ETH", 1738584000).put("BTC", "yesterday"))
                                .put("b", new JsonObject().put("ETH", "2025-02-03T12:00:00Z"))
                                .put("c", "never")
                                .put("d", new JsonObject().put("ETH/USD perpetual, quarterly", "2025-02-03T12:00:00Z")))
                .put("rates", new JsonObject().put("wstETH", "1.2").put("cbETH", new JsonObject().put("value", "x")))
                .put("volatility", new JsonObject().put("ETH", new JsonObject()).put("", "0.01"))
                .put("moods", new JsonObject().put("ETH", "gloomy"));

        var past = PastJson.read(newer);

        assertThat(past).isEqualTo(new Past(Map.of(), Map.of(), Map.of(new Place("b", ETH), NOON), Map.of(), Map.of()));
    }

    @Test
    void whatIsNoLongerAskedIsForgotten() {
        before.remembers(new Past(
                Map.of(),
                Map.of(),
                Map.of(
                        new Place("closed", ETH),
                        NOON,
                        new Place("a", new Asset("GONE")),
                        NOON,
                        new Place("a", ETH),
                        NOON),
                Map.of(),
                Map.of()));

        var market = before.judge(NOON.plusSeconds(10));

        assertThat(market.past().heard()).containsOnlyKeys(new Place("a", ETH));
    }

    private static MarketSnapshot restored(MarketSnapshot market) {
        return MarketSnapshotJson.read(
                new JsonObject(MarketSnapshotJson.write(market).encode()));
    }

    private static Voice voice(MarketSnapshot market, String source) {
        return market.of(ETH).orElseThrow().voices().stream()
                .filter(voice -> voice.source().equals(source))
                .findFirst()
                .orElseThrow();
    }
}
