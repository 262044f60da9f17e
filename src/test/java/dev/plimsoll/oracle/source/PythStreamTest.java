package dev.plimsoll.oracle.source;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.Oracles;
import dev.plimsoll.oracle.OraclesOf;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Stream;
import dev.plimsoll.oracle.SourceStatus.StreamState;
import dev.plimsoll.oracle.source.SourceServer.Said;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.Tick;
import dev.plimsoll.wire.Https;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening to Pyth between the ticks, over real HTTP. */
class PythStreamTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset BTC = new Asset("BTC");
    private static final Duration SOON = ofSeconds(60);
    private static final long TEN_O_CLOCK = 1789984800;

    private static Vertx vertx;
    private static Desk desk;

    private final Hermes hermes = new Hermes(Recorded.of("pyth").text());
    private final AtomicInteger ticks = new AtomicInteger();
    private Oracles oracles = oracles(Map.of());
    private Cancellable listening = () -> {};

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        desk = new Desk(Https.operator(vertx), Assets.registry(), Clock.fixed(PriceSourceContract.NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void end() {
        listening.cancel();
        hermes.close();
    }

    @Test
    void whatTheStreamSaysIsThereAtTheNextTickAndNobodyIsAsked() {
        listen();

        hermes.tells(update(3300, TEN_O_CLOCK + 1));

        await().atMost(SOON).until(() -> usd().equals("3300"));
        var asked = hermes.asked();
        hermes.tells(update(3301, TEN_O_CLOCK + 2));
        await().atMost(SOON).until(() -> usd().equals("3301"));
        assertThat(hermes.asked()).isEqualTo(asked);
        assertThat(hermes.key()).isEqualTo("Bearer pyth-canary-secret");
        assertThat(stream().state()).isEqualTo(StreamState.OPEN);
        assertThat(stream().lastHeardAt()).contains(PriceSourceContract.NOW);
    }

    @Test
    void aStreamInItsWireFormatIsRead() {
        listen();

        hermes.mumbles(recorded());

        await().atMost(SOON).until(() -> usd().equals("3295.1"));
        assertThat(((Quote) answer(ETH)).confidence()).isEqualByComparingTo("1.45");
    }

    @Test
    void anOlderPriceReplacesNoNewerOne() {
        listen();
        hermes.tells(update(3300, TEN_O_CLOCK + 3));
        hermes.tells(update(3200, TEN_O_CLOCK + 1));
        hermes.tells(update(65000, TEN_O_CLOCK + 1, "BTC"));

        await().atMost(SOON).until(() -> usd(BTC).equals("65000"));

        assertThat(usd()).isEqualTo("3300");
    }

    @Test
    void anAssetThatAnEventDoesNotNameKeepsWhatItHad() {
        listen();
        hermes.tells(update(65000, TEN_O_CLOCK + 1, "BTC"));

        await().atMost(SOON).until(() -> usd(BTC).equals("65000"));

        assertThat(usd()).isEqualTo("3294.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: garbage\n\n",
                "data: {\"parsed\":null}\n\n",
                "data: {\"parsed\":[{\"id\":7},[],null]}\n\n",
                "data: {\"a\":1,\"a\":2}\n\n",
                "data: 1e2147483647\n\n",
                "event: error\ndata: Error receiving update: Lagged(7)\n\n",
                ":\n\n",
                "nonsense\r\r\n\n\n"
            })
    void whatIsNoPriceUpdateIsPassedOver(String bytes) {
        listen();
        hermes.mumbles(bytes);

        hermes.tells(update(3300, TEN_O_CLOCK + 1));

        await().atMost(SOON).until(() -> usd().equals("3300"));
        assertThat(hermes.streams()).isEqualTo(1);
    }

    @Test
    void anIdThatIsThereTwiceInAnEventIsSilenceUntilTheNext() {
        listen();
        hermes.tells(update(65000, TEN_O_CLOCK + 1, "BTC"));
        var one = update(3300, TEN_O_CLOCK + 1);
        hermes.tells(one.replaceFirst("\\[(\\{\"id\".*})]", "[$1,$1]"));

        await().atMost(SOON).until(() -> answer(ETH) instanceof Silent);

        assertThat(((Silent) answer(ETH)).detail()).isEqualTo("its answer has the id twice");
    }

    @Test
    void aStreamThatEndsIsOpenedAgainAndUntilThenTheSourceIsAsked() {
        listen();
        hermes.tells(update(3300, TEN_O_CLOCK + 1));
        await().atMost(SOON).until(() -> usd().equals("3300"));
        hermes.says(Said.json(200, update(3310, TEN_O_CLOCK + 4)));

        hermes.mumbles("data: " + update(3305, TEN_O_CLOCK + 9).strip());
        hermes.endsTheStream();

        await().atMost(SOON).until(() -> usd().equals("3310"));
        hermes.tells(update(3320, TEN_O_CLOCK + 5));
        await().atMost(SOON).until(() -> usd().equals("3320"));
        assertThat(hermes.streams()).isEqualTo(2);
        assertThat(stream().openings()).isEqualTo(2);
        assertThat(stream().lastEnd().orElseThrow().detail()).isEqualTo("it ended the stream");
    }

    @Test
    void anEventLargerThanAMegabyteEndsTheStreamAndNothingElse() {
        listen();
        hermes.tells(update(3300, TEN_O_CLOCK + 1));
        await().atMost(SOON).until(() -> usd().equals("3300"));

        hermes.tells("x".repeat(1 << 20));

        await().atMost(SOON).until(() -> stream().lastEnd().isPresent());
        assertThat(stream().lastEnd().orElseThrow().reason()).isEqualTo(Reason.TOO_LARGE);
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            hermes.tells(update(3301, TEN_O_CLOCK + 2)); // the first goes to whom it still believes there
            return usd().equals("3301");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":\n\n", "data: {}\n\n", "x"})
    void aStreamWithoutAPriceForAHeartbeatIsBrokenOffWhateverElseItSays(String drop) {
        oracles = oracles(Map.of("sources.pyth.heartbeat", "2s"));
        listen();
        hermes.tells(update(3300, TEN_O_CLOCK + 1));
        await().atMost(SOON).until(() -> usd().equals("3300"));
        var asked = hermes.asked();

        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!drop.isEmpty()) {
                hermes.mumbles(drop);
            }
            tick();
            return stream().lastEnd().isPresent();
        });

        assertThat(stream().lastEnd().orElseThrow().reason()).isEqualTo(Reason.TIMED_OUT);
        await().atMost(SOON).until(() -> {
            tick();
            return hermes.asked() > asked;
        });
    }

    @Test
    void aStreamThatFallsQuietIsHelpedOutLongBeforeItIsBrokenOff() {
        listen();
        hermes.tells(update(3300, TEN_O_CLOCK + 1));
        await().atMost(SOON).until(() -> usd().equals("3300"));

        hermes.says(Said.json(200, update(3310, TEN_O_CLOCK + 4)));

        await().atMost(SOON).until(() -> usd().equals("3310"));
        assertThat(stream().state()).isEqualTo(StreamState.OPEN);
        assertThat(hermes.streams()).isEqualTo(1);
    }

    @Test
    void whatTheStreamSaysCountsWhereEveryAskFails() {
        oracles = oracles(Map.of("breaker-failures", "1"));
        hermes.says(Said.of(500, "text/plain", ""));
        listen();
        assertThat(((Silent) answer(ETH)).reason()).isEqualTo(Reason.BREAKER_OPEN);
        assertThat(oracles.status().getFirst().lastAnswerAt()).isEmpty();

        hermes.tells(update(3300, TEN_O_CLOCK + 1));

        await().atMost(SOON).until(() -> usd().equals("3300"));
        assertThat(oracles.status().getFirst().lastAnswerAt()).contains(PriceSourceContract.NOW);
    }

    @Test
    void anAskThatFailsDoesNotUnsayTheStream() {
        oracles = oracles(Map.of("breaker-failures", "1", "sources.pyth.heartbeat", "3s"));
        listen();
        hermes.says(Said.of(500, "text/plain", ""));

        var until = System.nanoTime() + ofSeconds(6).toNanos();
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
            hermes.tells(update(3300, TEN_O_CLOCK + 1));
            return usd().equals("3300");
        });
        var asked = hermes.asked();
        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
            hermes.tells(update(3300, TEN_O_CLOCK + 1));
            assertThat(usd()).isEqualTo("3300");
            return System.nanoTime() - until > 0;
        });

        assertThat(hermes.asked()).isGreaterThan(asked);
        assertThat(oracles.status().getFirst().turn().breaker()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void nobodyListensBeforeTheFirstTickOrLongAfterTheLast() {
        oracles = oracles(Map.of("sources.pyth.heartbeat", "2s"));
        listening = oracles.listen().subscribe().with(done -> {});
        assertThat(stream().state()).isEqualTo(StreamState.IDLE);
        assertThat(hermes.streams()).isZero();

        tick();
        await().atMost(SOON).until(() -> hermes.listeners() == 1);

        await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
            hermes.tells(update(3300, TEN_O_CLOCK + 1));
            return hermes.listeners() == 0;
        });
        assertThat(stream().state()).isEqualTo(StreamState.IDLE);
    }

    @Test
    void whoStopsListeningHangsUp() {
        listen();
        hermes.tells(update(3300, TEN_O_CLOCK + 1));
        await().atMost(SOON).until(() -> usd().equals("3300"));

        listening.cancel();

        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
            hermes.mumbles(":\n\n");
            return hermes.listeners() == 0;
        });
        assertThat(stream().state()).isEqualTo(StreamState.IDLE);
    }

    @Test
    void aKeyThatIsRefusedIsNotTriedAgainAndAgainNorShown() {
        hermes.refusesStreams(401);
        listening = oracles.listen().subscribe().with(done -> {});
        tick();

        await().atMost(SOON).until(() -> stream().lastEnd().isPresent());

        assertThat(stream().lastEnd().orElseThrow().reason()).isEqualTo(Reason.REFUSED);
        assertThat(stream().lastEnd().orElseThrow().detail()).isEqualTo("it answered HTTP 401");
        assertThat(usd()).isEqualTo("3294.3");
        await().during(ofSeconds(2)).atMost(SOON).until(() -> hermes.streams() == 1);
    }

    @Test
    void theOperatorMaySwitchTheStreamOff() {
        oracles = oracles(Map.of("sources.pyth.stream", "false"));
        listening = oracles.listen().subscribe().with(done -> {});
        tick();

        await().during(ofSeconds(2)).atMost(SOON).until(() -> hermes.streams() == 0);
        assertThat(oracles.status().getFirst().stream()).isEmpty();
        assertThat(usd()).isEqualTo("3294.3");
    }

    /** From the first tick on, until the stream is open. */
    private void listen() {
        listening = oracles.listen().subscribe().with(done -> {});
        await().atMost(SOON).until(() -> {
            tick();
            return hermes.listeners() == 1;
        });
    }

    private Oracles oracles(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "sources.pyth.url", hermes.url(),
                "sources.pyth.key", "pyth-canary-secret",
                "sources.pyth.heartbeat", "60s",
                "sources.pyth.pace", "0s"));
        all.putAll(settings);
        return OraclesOf.sources(all, new Pyth(desk));
    }

    private List<Answer> tick() {
        var number = ticks.incrementAndGet();
        var at = PriceSourceContract.NOW.plusMillis(100L * number);
        return oracles.ask(Set.of(ETH, BTC), new Tick(number, at, Duration.ofMillis(100)))
                .await()
                .atMost(ofSeconds(60));
    }

    private Answer answer(Asset asset) {
        return tick().stream()
                .filter(answer -> answer.asset().equals(asset))
                .findFirst()
                .orElseThrow();
    }

    private String usd() {
        return usd(ETH);
    }

    private String usd(Asset asset) {
        return answer(asset) instanceof Quote quote
                ? quote.value().stripTrailingZeros().toPlainString()
                : answer(asset).toString();
    }

    private Stream stream() {
        return oracles.status().getFirst().stream().orElseThrow();
    }

    private static String recorded() {
        try (var file = PythStreamTest.class.getResourceAsStream("/wire/pyth/stream.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String update(long usd, long publishTime) {
        return update(usd, publishTime, "ETH");
    }

    private static String update(long usd, long publishTime, String asset) {
        return Recorded.of("pyth")
                .text()
                .replace(
                        "329430000000",
                        BigDecimal.valueOf(usd).scaleByPowerOfTen(8).toPlainString())
                .replace(String.valueOf(TEN_O_CLOCK), String.valueOf(publishTime))
                .replace(desk.id("pyth", ETH), desk.id("pyth", new Asset(asset)));
    }
}
