package dev.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What no resource ever sees is answered as a problem too. */
@QuarkusTest
class HttpEdgeTest {
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    private static final String BODY = "Content-Length: 2\r\n\r\n{}";
    private static final String SIGN_UP = "POST /api/v1/accounts" + END;
    private static final String POST = SIGN_UP + "Content-Type: application/json\r\n";

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(413, "length", POST + "Content-Length: 70000\r\n\r\n"),
                arguments(413, "chunks", POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks()),
                arguments(431, "headers", "GET /q" + END + "X-Long: " + "x".repeat(9_000) + "\r\n\r\n"),
                arguments(414, "address", "GET /" + "x".repeat(5_000) + END + "\r\n"),
                arguments(400, "no host", "GET /api/v1/account HTTP/1.1\r\nConnection: close\r\n\r\n"),
                arguments(404, "NUL in the path", "GET /api/v1/%00" + END + "\r\n"),
                arguments(404, "up and away", "GET /api/v1/../../etc/passwd" + END + "\r\n"),
                arguments(404, "unknown path", "GET /nowhere" + END + "\r\n"),
                arguments(404, "unknown path of the API", "GET /api/v1/nowhere" + END + "\r\n"),
                arguments(405, "method not here", "PUT /api/v1/accounts" + END + "Content-Length: 0\r\n\r\n"),
                arguments(405, "no method at all", "BREW /api/v1/accounts" + END + "\r\n"),
                arguments(415, "form", SIGN_UP + "Content-Type: application/x-www-form-urlencoded\r\n" + BODY),
                arguments(415, "broken content type", SIGN_UP + "Content-Type: json;;=\r\n" + BODY),
                arguments(406, "answer as CSV", POST + "Accept: text/csv\r\n" + BODY),
                arguments(406, "broken Accept", POST + "Accept: ;;\r\n" + BODY),
                arguments(400, "unknown query parameter", "GET /api/v1/market/prices?asset=ETH" + END + "\r\n"),
                arguments(400, "idempotency key", POST + "Idempotency-Key: " + "k".repeat(256) + "\r\n" + name()),
                arguments(401, "no key", "GET /api/v1/account" + END + "\r\n"),
                arguments(401, "half a key", "GET /api/v1/account" + END + "Authorization: Bearer plm_1\r\n\r\n"),
                arguments(401, "no bearer", "GET /api/v1/account" + END + "Authorization: Basic YTpi\r\n\r\n"));
    }

    private static String chunks() {
        return ("8000\r\n" + "x".repeat(0x8000) + "\r\n").repeat(3) + "0\r\n\r\n";
    }

    private static String name() {
        return "Content-Length: 12\r\n\r\n{\"name\":\"a\"}";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("requests")
    void isAProblem(int status, String name, String request) throws IOException {
        var answer = RawHttp.says(request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.isProblem()).as(answer.text()).isTrue();
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                arguments("no HTTP at all", "GARBAGE\r\n\r\n"),
                arguments("length negative", POST + "Content-Length: -1\r\n\r\n"),
                arguments("length no number", POST + "Content-Length: many\r\n\r\n"),
                arguments("two lengths", POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                arguments("no URI", "GET /api/v1/positions?limit=%zz" + END + "\r\n"));
    }

    /** The HTTP server itself refuses what is not HTTP, and hangs up. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("garbage")
    void whatIsNotHttpIsRefused(String name, String request) throws IOException {
        assertThat(RawHttp.says(request).status()).isEqualTo(400);
    }

    @Test
    void aMethodThatIsNotThereIsToldWhichAre() throws IOException {
        var collection = RawHttp.says("PUT /api/v1/positions" + END + "Content-Length: 0\r\n\r\n");
        var item = RawHttp.says("POST /api/v1/positions/1" + END + "Content-Length: 0\r\n\r\n");

        assertThat(collection.text()).containsIgnoringCase("\r\nallow: GET, POST\r\n");
        assertThat(item.text()).containsIgnoringCase("\r\nallow: DELETE, GET, PATCH, PUT\r\n");
    }

    @Test
    void aPathThatAClientMadeUpIsNoMetric() throws IOException {
        RawHttp.says("POST /api/v1/positions/my-secret" + END + "Content-Length: 0\r\n\r\n");
        RawHttp.says("GET /api/v1/positions" + END + "\r\n");

        await().untilAsserted(() -> assertThat(Management.metrics())
                .contains("uri=\"/api/v1/positions\"")
                .contains("uri=\"UNMATCHED\"")
                .doesNotContain("my-secret"));
    }

    @Test
    void aBodyInChunksIsRead() throws IOException {
        var answer = RawHttp.says(POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");

        assertThat(answer.text()).contains("'name' is required.");
    }
}
