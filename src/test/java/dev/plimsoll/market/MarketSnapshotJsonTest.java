package dev.plimsoll.market;

import static dev.plimsoll.market.Street.BTC;
import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.USDT;
import static dev.plimsoll.market.Street.pair;
import static dev.plimsoll.market.Street.quote;
import static dev.plimsoll.market.Street.silent;
import static dev.plimsoll.market.Street.unsure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarketSnapshotJsonTest {
    private final MarketSnapshot market = new Street()
            .judge(
                    NOON,
                    quote("a", ETH, "3000.10", NOON.minusMillis(1500)),
                    quote("b", ETH, "3000.3"),
                    quote("a", BTC, "60000"),
                    quote("b", BTC, "50000"),
                    quote("a", USDT, "1"));

    @Test
    void aSnapshotReadsBackAsItWasWritten() {
        var written = MarketSnapshotJson.write(market);

        var read = MarketSnapshotJson.read(new JsonObject(written.encode()));

        assertThat(MarketSnapshotJson.write(read)).isEqualTo(written);
        assertThat(read.tick()).isEqualTo(market.tick());
        assertThat(read.drift()).isEqualTo(market.drift()).isNotEqualTo(Drift.NONE);
        assertThat(read.of(ETH).orElseThrow()).isInstanceOf(Agreed.class);
        assertThat(read.of(BTC).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(read.of(USDT).orElseThrow()).isInstanceOf(NoQuorum.class);
        assertThat(market.known())
                .allSatisfy(asset -> assertThat(read.range(asset)).isEqualTo(market.range(asset)));
    }

    @Test
    void aPriceIsWrittenWithItsSources() {
        var json = ConsensusJson.write(market.of(ETH).orElseThrow());

        assertThat(json.getString("state")).isEqualTo("agreed");
        assertThat(json.getString("price")).isEqualTo("3000.2");
        assertThat(json.getInteger("families")).isEqualTo(2);
        var first = json.getJsonArray("sources").getJsonObject(0);
        assertThat(first.getString("price")).isEqualTo("3000.1");
        assertThat(first.getLong("ageSeconds")).isEqualTo(2);
        assertThat(first.getBoolean("used")).isTrue();
    }

    @Test
    void aSourceIsWrittenWithAllThatItsPartWasDecidedFrom() {
        var street = new Street();
        var json = ConsensusJson.write(street.judge(
                        NOON,
                        pair("c", ETH, "3000", USDT),
                        unsure("pyth", ETH, "2999", "1.5"),
                        silent("d", ETH),
                        quote("a", USDT, "0.999"),
                        quote("b", USDT, "0.999"))
                .of(ETH)
                .orElseThrow());

        assertThat(json.getString("price")).isEqualTo("2998.75"); // the middle of what they agree on
        assertThat(json.getJsonArray("sources").getJsonObject(0)).isEqualTo(new JsonObject("""
                        {"source": "c", "family": "c", "quote": "3000", "quotedIn": "USDT",
                         "price": "2997", "low": "2997", "high": "2997", "ageSeconds": 0, "staleAfterSeconds": 130,
                         "bandBps": "50", "divergenceBps": -7, "used": true}"""));
        assertThat(json.getJsonArray("sources").getJsonObject(1)).isEqualTo(new JsonObject("""
                        {"source": "d", "family": "d", "staleAfterSeconds": 130, "bandBps": "50", "used": false,
                         "why": "timed-out"}"""));
        assertThat(json.getJsonArray("sources").getJsonObject(2).getString("confidence"))
                .isEqualTo("1.5");
        assertThat(ConsensusJson.write(ConsensusJson.read(json))).isEqualTo(json);
    }

    @Test
    void aRangeHasNoPrice() {
        var json = ConsensusJson.write(market.of(BTC).orElseThrow());

        assertThat(json.containsKey("price")).isFalse();
        assertThat(json.getString("low")).isEqualTo("50000");
        assertThat(json.getString("high")).isEqualTo("60000");
    }

    @Test
    void aPriceInTheWrongUnitIsShownAsFarOffAsAnyReaderCanCount() {
        var wrong = new Street()
                .judge(
                        NOON,
                        quote("a", ETH, "3000"),
                        quote("b", ETH, "3000"),
                        quote("c", ETH, "1e40"),
                        quote("d", ETH, "3000000000000000000000")); // in wei

        var json = ConsensusJson.write(wrong.of(ETH).orElseThrow());

        assertThat(json.getLong("divergenceBps")).isZero();
        assertThat(json.getJsonArray("sources").getJsonObject(2).getString("why"))
                .isEqualTo("out of bounds");
        assertThat(json.getJsonArray("sources").getJsonObject(2).getLong("divergenceBps"))
                .isEqualTo(1_000_000_000);
        assertThat(json.getJsonArray("sources").getJsonObject(3).getLong("divergenceBps"))
                .isEqualTo(1_000_000_000);
    }

    @Test
    void anAgeIsNeverShownYoungerThanItIs() {
        var voice = new Consensus.Voice(
                "a",
                "a",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofNanos(1_000_000_001)),
                BigDecimal.valueOf(50),
                Duration.ofMinutes(2),
                Optional.empty(),
                Optional.of("stale"));

        var json = ConsensusJson.write(new NoQuorum(ETH, "0 of 2 price families", List.of(voice)));

        assertThat(json.getJsonArray("sources").getJsonObject(0).getLong("ageSeconds"))
                .isEqualTo(2);
    }
}
