package dev.plimsoll.oracle.source;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.OracleConfigs;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.source.SourceServer.Said;
import dev.plimsoll.rule.Sentinels;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.wire.FreePort;
import dev.plimsoll.wire.Https;
import dev.plimsoll.wire.RawServer;
import dev.plimsoll.wire.Received;
import dev.plimsoll.wire.Reply;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What every price source must do, whatever comes over the wire. Each extends this with its own wire files. */
abstract class PriceSourceContract {
    static final Asset ETH = new Asset("ETH");
    static final Instant NOW = Instant.parse("2026-09-21T10:00:05Z");
    private static final String KEY = "CG-canary-secret";
    private static final Duration PATIENT = ofSeconds(30);
    private static final Duration SHORT = ofMillis(300);

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    /** The body we read at most, and what may come with it before we stop. */
    private static final long MOST_BYTES = (1 << 20) + (1 << 18);

    private static final AssetRegistry ASSETS = Assets.registry();
    private static final PriceRange BOUNDS = ASSETS.info(ETH).bounds();
    private static final List<Cost> COSTS = new ArrayList<>();

    private static Received received;
    private static Vertx vertx;
    private static Desk desk;

    @BeforeAll
    static void start() {
        received = new Received();
        vertx = received.vertx();
        COSTS.clear();
        desk = new Desk(Https.operator(vertx), ASSETS, CLOCK);
    }

    @AfterAll
    static void stop(TestInfo test) {
        Cost.worst(test.getDisplayName(), COSTS).ifPresent(System.out::println);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    abstract PriceSource source(Desk desk, OracleConfig config);

    /** What {@code ok.json}, an answer for ETH alone, means. */
    abstract Quote ok();

    /** What a plain 404 means: a source asked pair by pair does not know the pair. */
    abstract Reason notFound();

    @Test
    void anAnswerInItsWireFormatIsAQuote() {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json")))) {
            assertThat(ask(server.url(""), PATIENT, ETH)).containsExactly(ok());
        }
    }

    @Test
    void aPathPrefixOfTheConfiguredUrlIsKept() {
        try (var server = SourceServer.saying(Said.json(200, file("ok.json")))) {
            var answers = ask(server.url("/proxy/prices/"), PATIENT, ETH);

            assertThat(answers).containsExactly(ok());
            assertThat(server.asked().getFirst().uri().getPath()).matches("/proxy/prices/[^/].*");
        }
    }

    @Test
    void anAssetItDoesNotListIsNotAsked() {
        assertThat(source().covers(Set.of(new Asset("NOPE")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "429, RATE_LIMITED",
        "418, RATE_LIMITED",
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "451, REFUSED",
        "500, SERVER_ERROR",
        "502, SERVER_ERROR",
        "503, SERVER_ERROR",
        "204, MALFORMED"
    })
    void aStatusHasItsReason(int status, Reason reason) {
        try (var server = SourceServer.saying(Said.of(status, "text/plain", ""))) {
            assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 17, PT17S", "418, 0, PT1S", "503, 86400, PT1H", "503, -1, PT1S"})
    void howLongItWishesNotToBeAskedIsPassedOnWithinReason(int status, String wish, Duration pause) {
        var said = new Said(status, "text/plain", new byte[0], Map.of("Retry-After", wish));
        try (var server = SourceServer.saying(said)) {
            assertThat(silent(server.url(""), PATIENT).retryAfter()).contains(pause);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, soon", "429, 1e9", "500, 17", "403, 17"})
    void aWishThatIsNoneOrComesWithAnotherRefusalIsIgnored(int status, String wish) {
        var said = new Said(status, "text/plain", new byte[0], Map.of("Retry-After", wish));
        try (var server = SourceServer.saying(said)) {
            assertThat(silent(server.url(""), PATIENT).retryAfter()).isEmpty();
        }
    }

    @Test
    void aPathThatIsNotThereHasItsReason() {
        try (var server = SourceServer.saying(Said.json(404, file("not-found.json")))) {
            assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(notFound());
        }
    }

    @Test
    void aRefusalForTooManyRequestsInItsOwnWordsIsUnderstood() {
        try (var server = SourceServer.saying(rateLimited())) {
            assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(Reason.RATE_LIMITED);
        }
    }

    Said rateLimited() {
        return Said.json(429, file("rate-limited.json"));
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (var inner = SourceServer.saying(Said.json(200, file("ok.json")));
                var server = SourceServer.saying(new Said(
                        302,
                        "text/html",
                        new byte[0],
                        Map.of("Location", inner.url("/").toString())))) {
            assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(Reason.REDIRECTED);
            assertThat(inner.asked()).isEmpty();
        }
    }

    @Test
    void aServerThatSaysNothingTimesOut() {
        try (var server = new RawServer(out -> Thread.sleep(60_000))) {
            assertThat(silent(server.uri(""), SHORT).reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void aBodyThatDribblesTimesOut() {
        try (var server = new RawServer(out -> {
            out.write(head("Content-Length: 100000"));
            for (var i = 0; i < 100_000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(20);
            }
        })) {
            assertThat(silent(server.uri(""), SHORT).reason()).isEqualTo(Reason.TIMED_OUT);
        }
    }

    @Test
    void aConnectionThatIsRefusedIsUnreachable() {
        var free = FreePort.next();

        assertThat(silent(URI.create("http://127.0.0.1:" + free), PATIENT).reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aConnectionThatBreaksHalfWayIsUnreachable() {
        try (var server = new RawServer(out -> {
            out.write(head("Content-Length: 1000"));
            out.write(file("ok.json").getBytes(StandardCharsets.UTF_8), 0, 20);
        })) {
            assertThat(silent(server.uri(""), PATIENT).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void besideOthersItIsBelieved() {
        try (var server = new RawServer(Lies.truth(Recorded.of(source().name())))) {
            var neighbourhood = new Neighbourhood(source(), server.uri(""), 3);
            var market = neighbourhood.market();

            assertThat(neighbourhood.voice(market).unused()).isEmpty();
            assertThat(Sentinels.moved(market)).isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> noLieMovesAnythingWhateverItIs() {
        var truth = Recorded.of(source().name());
        return Lies.all().stream()
                .filter(lie -> !lie.isOfTime() || ok().observedAt().isPresent())
                .map(lie -> dynamicTest(lie.name(), () -> {
                    try (var server = new RawServer(lie.told().apply(truth))) {
                        besideThree(lie, server);
                        besideTwo(server);
                    }
                }));
    }

    private void besideThree(Lie lie, RawServer server) {
        var neighbourhood = new Neighbourhood(source(), server.uri(""), 3);
        var taken = received.bytes();
        var cpu = Received.cpu();

        var market = neighbourhood.market();

        var cost = Cost.of(lie, received.bytes() - taken, Received.cpu().minus(cpu), server.connections());
        COSTS.add(cost);
        assertThat(cost.bytes()).isLessThan(MOST_BYTES);
        assertThat(lie.causes()).contains(neighbourhood.voice(market).unused().orElse("believed"));
        assertIsCounted(neighbourhood.voice(market), neighbourhood.status());
        assertThat(Sentinels.moved(market)).isEmpty();
    }

    /** What is no quote is counted by its cause; a quote that is not believed, the market shows. */
    private static void assertIsCounted(Voice voice, SourceStatus status) {
        if (voice.quoted().isEmpty()) {
            var silences = status.silences().keySet().stream().map(Reason::word);
            assertThat(silences).contains(voice.unused().orElseThrow());
            assertGivesNothingAway(status.lastSilence().orElseThrow().detail());
        }
    }

    /** No family is an outlier among three, but the range then covers the others. */
    private void besideTwo(RawServer server) {
        assertThat(Sentinels.moved(new Neighbourhood(source(), server.uri(""), 2).market()))
                .isEmpty();
    }

    @Test
    void noValueInItsAnswerMakesItAnotherBelievableQuote() {
        Lies.NO_NUMBERS.stream()
                .flatMap(Recorded.of(source().name())::withEachValue)
                .forEach(body -> assertThat(heard(body)).as(body).allMatch(this::isHarmless));
    }

    private boolean isHarmless(Answer answer) {
        return switch (answer) {
            case Silent silent -> true;
            case Quote quote -> isTheSame(quote) || BOUNDS.high().orElseThrow().compareTo(quote.value()) < 0;
        };
    }

    private boolean isTheSame(Quote quote) {
        return quote.value().equals(ok().value())
                && quote.observedAt().equals(ok().observedAt())
                && quote.confidence().signum() >= 0;
    }

    @ArgumentsSource(RecordedFiles.class)
    @FuzzTest(maxDuration = "3s")
    void whateverComesIsOneAnswerForTheAsset(byte[] body) {
        assertThat(heard(200, body)).singleElement().extracting(Answer::asset).isEqualTo(ETH);
        assertThat(heard(400, body)).singleElement().isInstanceOf(Silent.class);
    }

    private List<Answer> heard(String body) {
        return heard(200, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Without a server. */
    private List<Answer> heard(int status, byte[] body) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
        var reply = new Reply(status, headers, Buffer.buffer(body));
        var desk = new Desk((url, sent, limits) -> Uni.createFrom().item(reply), ASSETS, CLOCK);
        return ask(source(desk, OracleConfigs.of(Map.of())), URI.create("http://127.0.0.1"), PATIENT, ETH);
    }

    @Test
    void anAnswerCutAnywhereIsNeverAQuoteNorAnException() {
        var whole = file("ok.json").strip();
        var length = new AtomicInteger();
        try (var server = new SourceServer(uri -> Said.json(200, whole.substring(0, length.getAndIncrement())))) {
            for (var cut = 0; cut < whole.length(); cut++) {
                assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(Reason.MALFORMED);
            }
        }
    }

    /** The one answer, which is a silence whose words give nothing away. */
    private Silent silent(URI url, Duration timeout) {
        var answers = ask(url, timeout, ETH);

        assertThat(answers).singleElement().isInstanceOf(Silent.class);
        var silent = (Silent) answers.getFirst();
        assertThat(silent.asset()).isEqualTo(ETH);
        assertGivesNothingAway(silent.detail());
        return silent;
    }

    private static void assertGivesNothingAway(String detail) {
        assertThat(detail).doesNotContain(KEY, "127.0.0.1", "http://", "<", "{").hasSizeLessThan(100);
    }

    List<Answer> ask(URI url, Duration timeout, Asset... assets) {
        return ask(source(), url, timeout, assets);
    }

    static List<Answer> ask(PriceSource source, URI url, Duration timeout, Asset... assets) {
        var settings = new SourceSettings(
                url, true, Duration.ZERO, timeout, ofSeconds(60), BasisPoints.of(50), Optional.of(KEY));
        return source.ask(Arrays.stream(assets).collect(Collectors.toSet()), settings)
                .collect()
                .asList()
                .await()
                .atMost(ofSeconds(60));
    }

    PriceSource source() {
        return source(desk, OracleConfigs.of(Map.of()));
    }

    String file(String name) {
        try (var file = getClass().getResourceAsStream("/wire/" + source().name() + "/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] head(String header) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
