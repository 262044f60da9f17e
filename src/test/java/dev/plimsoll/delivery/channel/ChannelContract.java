package dev.plimsoll.delivery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Channel.Parcel;
import dev.plimsoll.delivery.Message;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.channel.LocalService.Answer;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.FreePort;
import dev.plimsoll.wire.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel that speaks HTTP keeps to. Run with a time-out of one second. */
abstract class ChannelContract extends WordsContract {
    private static final Message FIRING =
            Messages.critical(UUID.fromString("019a6f3e-8c50-7f02-8a60-7f4f9f0e1d06"), "alert.firing");

    @Inject
    MeterRegistry meters;

    private final Eavesdropper logged = new Eavesdropper();

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(logged);
    }

    @AfterEach
    void noSecretIsInAnyLogOrMetric() {
        Logger.getLogger("").removeHandler(logged);
        assertThat(logged.lines).noneMatch(line -> line.contains(TOKEN));
        assertThat(meters.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .noneMatch(value -> value.contains(TOKEN));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void a2xxIsDelivered(int status) {
        var outcome = send(status, "");

        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(outcome.status()).contains(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422, 500, 502, 503, 504, 599})
    void any4xxAnd5xxIsTriedAgain(int status) {
        var outcome = send(status, "");

        assertThat(outcome)
                .isEqualTo(new Retry(Optional.of(status), "the receiver answered " + status, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterIsHonouredWithinItsBounds(int status) {
        assertThat(notBefore(send(status, "Retry-After: 90\r\n"))).isEqualTo(Duration.ofSeconds(90));
        assertThat(notBefore(send(status, "Retry-After: 999999\r\n"))).isEqualTo(Duration.ofHours(1));
        assertThat(notBefore(send(status, "Retry-After: -7\r\n"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(((Retry) send(status, "Retry-After: soon\r\n")).notBefore()).isEmpty();
    }

    @Test
    void gone410IsForGood() {
        assertThat(send(410, "")).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAFailureAndIsNotFollowed(int status) {
        try (var inner = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            var outcome = send(status, "Location: http://127.0.0.1:" + inner.port() + "/\r\n");

            assertThat(outcome).isInstanceOf(Retry.class);
            assertThat(outcome.why()).contains("not followed").doesNotContain("127.0.0.1");
            assertThat(inner.connections()).isZero();
        }
    }

    @Test
    void aReceiverThatHangsDribblesOrAlwaysSaysToGoOnIsTriedAgain() {
        var hangs = new RawServer(out -> Thread.sleep(60_000));
        var dribbles = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 600; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
        });
        var goesOn = new RawServer(out -> {
            for (int i = 0; i < 60_000; i++) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(1);
            }
        });
        try (hangs;
                dribbles;
                goesOn) {
            var outcomes = Stream.of(hangs, dribbles, goesOn)
                    .map(server -> sending(receiver(server.port()), FIRING).subscribeAsCompletionStage())
                    .toList();

            assertThat(outcomes)
                    .extracting(CompletableFuture::join)
                    .containsOnly(new Retry(Optional.empty(), "no complete answer within 3000 ms", Optional.empty()));
        }
    }

    @Test
    void aReceiverThatRefusesTheConnectionIsTriedAgain() {
        var free = FreePort.next();

        assertThat(send(free)).isEqualTo(new Retry(Optional.empty(), "the connection was refused", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "<html>\r\n\r\n", "HTTP/1.1 banana\r\n\r\n", ""})
    void garbageIsTriedAgain(String garbage) {
        try (var server = RawServer.saying(garbage)) {
            assertThat(send(server.port())).isInstanceOf(Retry.class);
        }
    }

    @Test
    void aHeaderBombIsTriedAgain() {
        try (var server = RawServer.saying("HTTP/1.1 200 OK\r\nX-Bomb: " + "x".repeat(1 << 20) + "\r\n\r\n")) {
            assertThat(send(server.port())).isInstanceOf(Retry.class);
        }
    }

    @Test
    void aHugeAnswerCountsByItsStatus() {
        try (var server = new RawServer(out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1 << 14; i++) {
                out.write(new byte[1 << 16]);
            }
        })) {
            assertThat(send(server.port())).isInstanceOf(Delivered.class);
        }
    }

    /** Answers after which it must never be tried again, beside a bare 410. */
    List<Answer> lost() {
        return List.of();
    }

    /** Answers after which this message must never be tried again, but the next one may. */
    List<Answer> refused() {
        return List.of();
    }

    @Test
    void whatIsLostForGoodIsNotTriedAgainAndSaidInOurWords() {
        for (var answer : lost()) {
            try (var server = RawServer.saying("HTTP/1.1 " + answer.status() + " Said\r\nContent-Length: "
                    + answer.body().length() + "\r\n\r\n" + answer.body())) {
                var outcome = send(server.port());

                assertThat(outcome).as(answer.body()).isInstanceOf(Rejected.class);
                assertThat(outcome.status()).contains(answer.status());
            }
        }
    }

    @Test
    void aMessageThatIsNeverTakenIsNotTriedAgainAndTheChannelStays() {
        for (var answer : refused()) {
            try (var server = RawServer.saying("HTTP/1.1 " + answer.status() + " Said\r\nContent-Length: "
                    + answer.body().length() + "\r\n\r\n" + answer.body())) {
                var outcome = send(server.port());

                assertThat(outcome).as(answer.body()).isInstanceOf(Refused.class);
                assertThat(outcome.status()).contains(answer.status());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "null", "[[[[[[", "{\"code\":1e999999999,\"retry_after\":\"\\u0000\"}", "<html>&"})
    void aGarbageBodyChangesNothing(String garbage) {
        var length = "Content-Length: " + garbage.length() + "\r\n\r\n";
        try (var busy = RawServer.saying("HTTP/1.1 429 Said\r\n" + length + garbage);
                var broken = RawServer.saying("HTTP/1.1 400 Said\r\n" + length + garbage)) {
            assertThat(send(busy.port()))
                    .isEqualTo(new Retry(Optional.of(429), "the receiver answered 429", Optional.empty()));
            assertThat(send(broken.port()))
                    .isEqualTo(new Retry(Optional.of(400), "the receiver answered 400", Optional.empty()));
        }
    }

    @Test
    void everyAttemptSaysTheSame() {
        try (var recorder = new Recorder()) {
            var receiver = receiver(recorder.port());
            var parcel = new Parcel(Ids.next(), Instant.now(), channel().body(receiver, FIRING));
            var again = new Parcel(parcel.id(), parcel.at().plusSeconds(60), parcel.body());

            List.of(parcel, again)
                    .forEach(one -> channel().send(receiver, one).await().atMost(Duration.ofSeconds(60)));

            assertThat(recorder.requests()).hasSize(2);
            assertThat(recorder.requests().get(1).body())
                    .isEqualTo(recorder.requests().getFirst().body());
            assertThat(recorder.requests())
                    .extracting(request -> request.header("Webhook-id"))
                    .containsOnly(recorder.requests().getFirst().header("Webhook-id"));
        }
    }

    private static Duration notBefore(Outcome outcome) {
        return ((Retry) outcome).notBefore().orElseThrow();
    }

    private Outcome send(int status, String headers) {
        var body = status == 204 ? "" : "Content-Length: 0\r\n";
        try (var server = RawServer.saying("HTTP/1.1 " + status + " Said\r\n" + headers + body + "\r\n")) {
            return send(server.port());
        }
    }

    private Outcome send(int port) {
        return sending(receiver(port), FIRING).await().atMost(Duration.ofSeconds(60));
    }

    private Uni<Outcome> sending(Receiver receiver, Message message) {
        var parcel = new Parcel(message.delivery(), Instant.now(), channel().body(receiver, message));
        assertThat(receiver.toString()).doesNotContain(TOKEN);
        return channel()
                .send(receiver, parcel)
                .invoke(outcome -> assertThat(outcome.why()).doesNotContain(TOKEN));
    }

    /** Keeps what it is asked and is content with everything. */
    private static final class Recorder extends LocalService {
        @Override
        Answer answer(Request request) {
            return new Answer(200, Map.of(), "{}");
        }
    }

    private static final class Eavesdropper extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        private Eavesdropper() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage() + " "
                    + List.of(line.getParameters() == null ? new Object[0] : line.getParameters()) + " "
                    + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
