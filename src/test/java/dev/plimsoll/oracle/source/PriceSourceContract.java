package dev.plimsoll.oracle.source;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.oracle.OracleConfig;
import dev.plimsoll.oracle.OracleConfigs;
import dev.plimsoll.oracle.PriceSource;
import dev.plimsoll.oracle.SourceSettings;
import dev.plimsoll.oracle.source.SourceServer.Said;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Assets;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.wire.Https;
import dev.plimsoll.wire.RawServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every price source must do, whatever comes over the wire. Each extends this with its own wire files. */
abstract class PriceSourceContract {
    static final Asset ETH = new Asset("ETH");
    static final Instant NOW = Instant.parse("2026-09-21T10:00:05Z");
    private static final String KEY = "CG-canary-secret";
    private static final Duration PATIENT = ofSeconds(5);
    private static final Duration SHORT = ofMillis(300);

    private static Vertx vertx;
    private static Desk desk;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        desk = new Desk(Https.operator(vertx), Assets.registry(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    abstract PriceSource source(Desk desk, OracleConfig config);

    /** What {@code ok.json}, an answer for ETH alone, means. */
    abstract Quote ok();

    /** The price literals of {@code ok.json}, quotes included, that a bad price stands in for. */
    abstract List<String> prices();

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
    void aConnectionThatIsRefusedIsUnreachable() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }

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
    void aGigabyteIsTooLarge() {
        try (var server = new RawServer(out -> {
            out.write(head("Content-Length: " + (1 << 30)));
            for (var chunk = new byte[1 << 16]; ; ) {
                out.write(chunk);
            }
        })) {
            assertThat(silent(server.uri(""), PATIENT).reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    @Test
    void compressionThatNobodyAskedForIsMalformed() {
        var said = new Said(200, "application/json", new byte[] {31, -117, 8}, Map.of("Content-Encoding", "gzip"));
        try (var server = SourceServer.saying(said)) {
            assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "application/octet-stream", "application/jsonp"})
    void anythingButJsonByItsContentTypeIsMalformed(String contentType) {
        try (var server = SourceServer.saying(Said.of(200, contentType, file("ok.json")))) {
            assertThat(silent(server.url(""), PATIENT).reason()).isEqualTo(Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "<!doctype html><html><body>Just a moment...</body></html>",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{\"a\":NaN}",
                "\u0000\u0001\u0002"
            })
    void whatIsNotStrictJsonIsMalformed(String body) {
        assertThat(said(body).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void keysThatAreThereTwiceAreMalformed() {
        var twice = file("ok.json").replaceFirst("\\{(\"\\w+\"):", "{$1:null,$1:");

        assertThat(twice).contains("null");
        assertThat(said(twice).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void deepNestingIsMalformed() {
        assertThat(said("[".repeat(100_000)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(said("[".repeat(65) + "]".repeat(65)).reason()).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "1", "\"ETH\"", "true", "{\"result\":[]}", "[[]]", "[null]"})
    void jsonOfAnotherShapeIsSilence(String body) {
        assertThat(said(body).reason()).isIn(Reason.MALFORMED, Reason.NOT_A_PRICE, Reason.UNKNOWN_ASSET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"NaN\"",
                "\"Infinity\"",
                "\"0\"",
                "0",
                "\"0.00000000\"",
                "\"-3294.30\"",
                "-1",
                "1e400",
                "\"1e400\"",
                "1e-400",
                "1e999999999",
                "\"1e999999999\"",
                "\"0x1p3\"",
                "\"1,234.5\"",
                "\"\"",
                "null",
                "true",
                "{}",
                "[]"
            })
    void aNumberThatIsNoPriceIsSaidToBeNone(String literal) {
        assertThat(said(priced(literal)).reason()).isEqualTo(Reason.NOT_A_PRICE);
    }

    @Test
    void aNumberOfAHundredThousandDigitsCostsNothing() {
        var digits = "9".repeat(100_000);

        assertThat(said(priced('"' + digits + '"')).reason()).isEqualTo(Reason.NOT_A_PRICE);
        assertThat(said(priced(digits)).reason()).isEqualTo(Reason.MALFORMED);
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

    private String priced(String literal) {
        var body = file("ok.json");
        for (var price : prices()) {
            assertThat(body).contains(price);
            body = body.replace(price, literal);
        }
        return body;
    }

    private Silent said(String body) {
        try (var server = SourceServer.saying(Said.json(200, body))) {
            return silent(server.url(""), PATIENT);
        }
    }

    /** The one answer, which is a silence whose words give nothing away. */
    private Silent silent(URI url, Duration timeout) {
        var answers = ask(url, timeout, ETH);

        assertThat(answers).singleElement().isInstanceOf(Silent.class);
        var silent = (Silent) answers.getFirst();
        assertThat(silent.asset()).isEqualTo(ETH);
        assertThat(silent.detail())
                .doesNotContain(KEY, "127.0.0.1", "http://", "<", "{")
                .hasSizeLessThan(100);
        return silent;
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
                .atMost(ofSeconds(10));
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
