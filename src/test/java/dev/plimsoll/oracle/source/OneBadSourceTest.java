package dev.plimsoll.oracle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.PriceServer;
import dev.plimsoll.market.Assembly;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Tolerance;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.OracleConfigs;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.OraclesOf;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.source.SourceServer.Said;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import dev.plimsoll.wire.Https;
import dev.plimsoll.wire.RawServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three exchanges tell the truth and a fourth does its worst, over real HTTP: the price stands, the tick is on time. */
class OneBadSourceTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset USDT = new Asset("USDT");
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    private final Vertx vertx = Vertx.vertx();
    private final Clock clock = Clock.systemUTC();
    private PriceServer honest;

    @BeforeEach
    void open() throws IOException {
        honest = new PriceServer();
        honest.set("ETH", "3000");
        honest.set("USDT", "1");
    }

    @AfterEach
    void close() {
        honest.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "NaN"               | "NaN"               | NOT_A_PRICE
            NaN                 | NaN                 | MALFORMED
            "0.00000000"        | "0.00000000"        | NOT_A_PRICE
            "-3000"             | "-3000"             | NOT_A_PRICE
            1e400               | 1e400               | NOT_A_PRICE
            "1e999999999"       | "1e999999999"       | NOT_A_PRICE
            "3000"              | "2000"              | NOT_A_PRICE
            """)
    void aNumberThatIsNoneSilencesOnlyItsSource(String bid, String ask, Reason reason) {
        try (var bad = SourceServer.saying(Said.json(200, ticker(bid, ask)))) {
            assertThePriceStands(bad.url(""), reason);
        }
    }

    @Test
    void htmlSilencesOnlyItsSource() {
        try (var bad = SourceServer.saying(Said.of(200, "text/html", "<html>Just a moment...</html>"))) {
            assertThePriceStands(bad.url(""), Reason.MALFORMED);
        }
    }

    @Test
    void aRedirectSilencesOnlyItsSource() {
        var away = new Said(302, "text/html", new byte[0], Map.of("Location", honest.url("kraken")));
        try (var bad = SourceServer.saying(away)) {
            assertThePriceStands(bad.url(""), Reason.REDIRECTED);
        }
    }

    @Test
    void aGigabyteSilencesOnlyItsSource() {
        try (var bad = raw(out -> {
            for (var chunk = new byte[1 << 16]; ; ) {
                out.write(chunk);
            }
        })) {
            assertThePriceStands(bad.uri(""), Reason.TOO_LARGE);
        }
    }

    @Test
    void aDribbleSilencesOnlyItsSource() {
        try (var bad = raw(out -> {
            for (var i = 0; i < 1000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(100);
            }
        })) {
            assertThePriceStands(bad.uri(""), Reason.TIMED_OUT);
        }
    }

    @Test
    void silenceOnTheLineSilencesOnlyItsSource() {
        try (var bad = new RawServer(out -> new CountDownLatch(1).await())) {
            assertThePriceStands(bad.uri(""), Reason.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @CsvSource({"2100, outlier", "3900, outlier", "300000, out of bounds", "0.00033, out of bounds"})
    void aWrongPriceIsSetAside(String price, String why) {
        var quoted = '"' + price + '"';
        try (var bad = SourceServer.saying(Said.json(200, ticker(quoted, quoted)))) {
            var eth = judge(oracles(bad.url(""))).of(ETH).orElseThrow();

            assertStands(eth);
            assertThat(eth.voices())
                    .filteredOn(voice -> voice.source().equals("binance"))
                    .singleElement()
                    .extracting(Voice::unused)
                    .isEqualTo(Optional.of(why));
        }
    }

    private void assertThePriceStands(URI bad, Reason reason) {
        var oracles = oracles(bad);
        var start = System.nanoTime();

        assertStands(judge(oracles).of(ETH).orElseThrow());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE.plusSeconds(1));
        await().until(() -> binance(oracles).state() == State.SILENT);
        assertThat(binance(oracles).reason()).contains(reason);
    }

    private static void assertStands(Consensus eth) {
        assertThat(eth).isInstanceOf(Agreed.class);
        assertThat(eth.range()).isEqualTo(PriceRange.between(new BigDecimal("3000"), new BigDecimal("3000")));
    }

    private static SourceStatus binance(Oracles oracles) {
        return oracles.status().getFirst();
    }

    private MarketSnapshot judge(Oracles oracles) {
        var tick = new Tick(1, clock.instant(), Duration.ofSeconds(10));
        var answers = oracles.ask(Set.of(ETH, USDT), tick).await().atMost(Duration.ofSeconds(10));
        return new Assembly(Assets.registry(), oracles.feeds(), tolerance()).judge(tick, answers);
    }

    private Oracles oracles(URI bad) {
        var settings = Map.of(
                "deadline", DEADLINE.toString(),
                "timeout", "2s",
                "sources.binance.url", bad.toString(),
                "sources.coinbase.url", honest.url("coinbase"),
                "sources.kraken.url", honest.url("kraken"),
                "sources.bitstamp.url", honest.url("bitstamp"));
        var desk = new Desk(Https.operator(vertx), Assets.registry(), clock);
        OracleConfig config = OracleConfigs.of(settings);
        return OraclesOf.sources(
                settings, new Binance(desk), new Coinbase(desk, config), new Kraken(desk), new Bitstamp(desk, config));
    }

    private static Tolerance tolerance() {
        return new Tolerance(
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Map.of(
                        Volatility.STABLE, BasisPoints.of(1),
                        Volatility.MAJOR, BasisPoints.of(10),
                        Volatility.ALT, BasisPoints.of(15),
                        Volatility.AI, BasisPoints.of(20)));
    }

    private static String ticker(String bid, String ask) {
        return "[{\"symbol\":\"ETHUSDT\",\"bidPrice\":" + bid + ",\"bidQty\":\"1\",\"askPrice\":" + ask
                + ",\"askQty\":\"1\"}]";
    }

    private static RawServer raw(RawServer.Talk body) {
        return new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            body.say(out);
        });
    }
}
