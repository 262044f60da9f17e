package dev.plimsoll.delivery.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.delivery.DeliveryConfig;
import dev.plimsoll.delivery.MailAddress;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Refused;
import dev.plimsoll.delivery.Outcome.Rejected;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.mail.SmtpServer.Mail;
import dev.plimsoll.delivery.mail.SmtpServer.Step;
import dev.plimsoll.wire.Certificates;
import dev.plimsoll.wire.FreePort;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a mail server that follows a script. */
class PostmanTest {
    private static final MailAddress ADA = MailAddress.parse("ada@example.org").orElseThrow();
    private static final Instant AT = Instant.parse("2026-11-21T10:04:00Z");
    private static final String PASSWORD = "hush-hush-7";

    private static Vertx vertx;
    private static PfxOptions certificate;

    @TempDir
    static Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
        certificate = Certificates.selfSigned("localhost");
    }

    @AfterAll
    static void end() {
        vertx.close();
    }

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void aGreylistedMailIsTriedAgainAsTheSameMail() {
        var server = server().answers(Step.RCPT, "450 4.2.0 Greylisted, see you in 300 seconds");
        var postman = postman(server);

        var first = send(postman);
        var second = send(postman);

        assertThat(first)
                .isEqualTo(new Retry(
                        Optional.of(450), "the mail server asks us to try again later: 450 4.2.0", Optional.empty()));
        assertThat(second).isInstanceOf(Delivered.class);
        assertThat(server.mails()).extracting(mail -> mail.header("Message-ID")).containsExactly("<m1@example.com>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"421 4.3.2 Shutting down", "451 4.3.0 Try later", "452 4.2.2 Over quota"})
    void aServerThatIsBusyOrGoesAwayInTheMiddleIsTriedAgain(String reply) {
        for (var step : List.of(Step.GREETING, Step.MAIL, Step.RCPT, Step.DATA, Step.END)) {
            var server = server().answers(step, reply);
            var postman = postman(server);

            assertThat(send(postman)).as("at " + step).isInstanceOf(Retry.class);
            assertThat(send(postman)).as("after " + step).isInstanceOf(Delivered.class);
        }
    }

    @Test
    void aConnectionThatDropsAfterTheMailMayHaveTakenItSoItComesAgainUnderTheSameId() {
        var server = server().answers(Step.END, SmtpServer.HANGS_UP);
        var postman = postman(server);

        var first = send(postman);
        var second = send(postman);

        assertThat(first).isEqualTo(new Retry(Optional.empty(), "the mail server hung up", Optional.empty()));
        assertThat(second).isInstanceOf(Delivered.class);
        assertThat(server.mails()).extracting(Mail::taken).containsExactly(false, true);
        assertThat(server.mails())
                .extracting(mail -> mail.header("Message-ID"))
                .containsExactly("<m1@example.com>", "<m1@example.com>");
    }

    @Test
    void aServerThatLooksLongIntoAMailIsAskedAgainAndGetsNoSecondOne() {
        var server = server().answers(Step.END, SmtpServer.IS_LATE);
        var postman = impatient(server, Map.of("patience", "10m"));

        var first = send(postman);
        var second = send(postman);
        server.goesOn();

        assertThat(List.of(first, second))
                .allMatch(outcome -> outcome.equals(new Retry(
                        Optional.empty(),
                        "handed over, but the mail server has not said within 2000 ms whether it takes the mail",
                        Optional.empty())));
        await().until(() -> send(postman) instanceof Delivered);
        assertThat(server.mails()).hasSize(1);
    }

    @Test
    void aServerThatNeverSaysWhetherItTookAMailGetsItAgainWhenItsPatienceIsOver() {
        var server = server().answers(Step.END, SmtpServer.IS_SILENT);
        var postman = impatient(server, Map.of("patience", "3s"));

        await().until(() -> send(postman) instanceof Delivered);

        assertThat(server.mails())
                .extracting(mail -> mail.header("Message-ID"))
                .containsExactly("<m1@example.com>", "<m1@example.com>");
    }

    @Test
    void whileAServerLooksLongIntoSomeMailsOthersGetThrough() {
        var server = server().answers(Step.END, SmtpServer.IS_LATE, SmtpServer.IS_LATE);
        var postman = impatient(server, Map.of("patience", "10m"));
        var late = IntStream.range(0, 2)
                .mapToObj(i -> sending(postman, Mails.letter(i)))
                .toList();
        assertThat(late).extracting(CompletableFuture::join).allMatch(Retry.class::isInstance);

        await().until(() -> sending(postman, Mails.letter(3)).join() instanceof Delivered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 User unknown",
                "550 No such user here",
                "553 5.1.3 Bad address syntax",
                "550 5.1.2 Domain not found",
                "550 5.2.1 Mailbox disabled",
                "551 5.1.6 User has moved",
                "556 5.1.10 Domain takes no mail"
            })
    void whereThereIsNoSuchMailboxNothingIsSentAnyMore(String reply) {
        assertThat(send(postman(server().answers(Step.RCPT, reply)))).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 5.7.1 <ada@example.org>: Relay access denied",
                "550 5.7.1 Unable to relay",
                "550 relaying denied",
                "553 sorry, that domain isn't in my list of allowed rcpthosts",
                "550 5.7.26 Unauthenticated mail is not accepted due to DMARC policy",
                "550 5.1.8 Sender address rejected",
                "554 Your address is listed at a blocklist",
                "530 5.7.0 Must issue a STARTTLS command first",
                "503 5.5.1 Bad sequence",
                "552 5.2.2 Mailbox full"
            })
    void whatIsWrongWithUsDisablesNobody(String reply) {
        assertThat(send(postman(server().answers(Step.RCPT, reply)))).isInstanceOf(Retry.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"552 5.3.4 Too large", "554 5.6.0 Looks like spam", "550 5.7.1 Content rejected"})
    void aMailThatIsNotTakenForWhatItSaysIsNotTriedAgainAndTheNextOneIs(String reply) {
        var postman = postman(server().answers(Step.END, reply));

        assertThat(send(postman)).isInstanceOf(Refused.class);
        assertThat(send(postman)).isInstanceOf(Delivered.class);
    }

    @Test
    void aServerThatLooksForTheMailboxOnlyAtTheEndIsBelieved() {
        assertThat(send(postman(server().answers(Step.END, "550 5.1.1 No such user"))))
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"554 no service for you", "550 5.7.1 go away"})
    void aServerThatRefusesOurAddressDisablesNobody(String reply) {
        assertThat(send(postman(server().alwaysAnswers(Step.GREETING, reply)))).isInstanceOf(Retry.class);
        assertThat(send(postman(server().alwaysAnswers(Step.MAIL, reply)))).isInstanceOf(Retry.class);
    }

    @Test
    void withTheRightPasswordAMailGoesOverTlsOnly() {
        var server = new SmtpServer(Optional.of(certificate), Optional.of("us " + PASSWORD));
        var postman = postman(
                server, Map.of("encryption", "starttls", "trust", trusted(), "username", "us", "password", PASSWORD));

        assertThat(send(postman)).isInstanceOf(Delivered.class);
        assertThat(server.mails()).extracting(Mail::encrypted).containsExactly(true);
    }

    @Test
    void aWrongPasswordIsTheOperatorsToMendAndIsNeverShown() {
        var server = new SmtpServer(Optional.of(certificate), Optional.of("us another"));
        var postman = postman(
                server, Map.of("encryption", "starttls", "trust", trusted(), "username", "us", "password", PASSWORD));

        var outcome = send(postman);

        assertThat(outcome)
                .isEqualTo(
                        new Retry(Optional.of(535), "the mail server does not let us in: 535 5.7.8", Optional.empty()));
    }

    @Test
    void withoutStarttlsNothingIsSent() {
        var server = server();
        var postman = postman(server, Map.of("encryption", "starttls"));

        var outcome = send(postman);

        assertThat(outcome.why()).isEqualTo("the mail server offers no STARTTLS, and without it nothing is sent");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aCertificateThatNobodyTrustsIsNotTalkedTo() {
        var server = new SmtpServer(Optional.of(certificate), Optional.empty());
        var postman = postman(server, Map.of("encryption", "starttls"));

        var outcome = send(postman);

        assertThat(outcome.why()).isEqualTo("there is no trusted TLS with the mail server");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aPasswordInTheClearIsRefusedAtTheStart() {
        assertThatThrownBy(() -> postman(server(), Map.of("username", "us", "password", PASSWORD)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plimsoll.delivery.email.encryption must be starttls or tls")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aServerThatIsNotThereOrHangsUpAtOnceIsTriedAgain() {
        var nobody = FreePort.next();
        assertThat(send(postman(nobody, Map.of())))
                .isEqualTo(new Retry(Optional.empty(), "the mail server does not take connections", Optional.empty()));

        var rude = server().answers(Step.GREETING, SmtpServer.HANGS_UP);
        var postman = impatient(rude);
        assertThat(send(postman)).isInstanceOf(Retry.class);
        assertThat(send(postman)).isInstanceOf(Delivered.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6", "HTTP/1.1 400 Bad Request", "…", "220-forever"})
    void aServerThatSaysNothingSensibleIsTriedAgain(String greeting) {
        var server = server().answers(Step.GREETING, greeting.equals("…") ? SmtpServer.IS_SILENT : greeting);

        assertThat(send(impatient(server))).isInstanceOf(Retry.class);
    }

    @Test
    void connectionsThatHangAreGivenUpAndMailsGetThroughAgain() {
        var server = server().alwaysAnswers(Step.MAIL, SmtpServer.IS_SILENT);
        var postman = impatient(server);
        var hanging = IntStream.range(0, 5).mapToObj(i -> sending(postman)).toList();
        assertThat(hanging).extracting(CompletableFuture::join).allMatch(Retry.class::isInstance);

        server.alwaysAnswers(Step.MAIL, "250 2.1.0 ok");

        await().until(() -> send(postman) instanceof Delivered);
        assertThat(server.mails()).isNotEmpty();
    }

    @Test
    void whoeverIsNoLongerWaitedForIsNotSentLater() {
        var server = server().answers(Step.MAIL, SmtpServer.IS_SILENT, SmtpServer.IS_SILENT);
        var postman = impatient(server);
        var crowd = IntStream.range(0, 20).mapToObj(i -> sending(postman)).toList();

        assertThat(crowd).extracting(CompletableFuture::join).allMatch(Retry.class::isInstance);
        var afterwards = new AtomicInteger();
        await().until(() -> {
            afterwards.incrementAndGet();
            return send(postman) instanceof Delivered;
        });

        assertThat(server.mails()).hasSizeLessThanOrEqualTo(afterwards.get());
    }

    @Test
    void manyMailsShareAFewConnections() {
        var server = server();
        var postman = postman(server);

        var outcomes = IntStream.range(0, 50).mapToObj(i -> sending(postman)).toList();

        assertThat(outcomes).extracting(CompletableFuture::join).allMatch(Delivered.class::isInstance);
        assertThat(server.mails()).hasSize(50);
        assertThat(server.connections()).isLessThanOrEqualTo(2);
    }

    @Test
    void withoutAMailServerMailsWait() {
        var postman = new Postman(Mails.config(Map.of()), delivery("60s"), vertx);

        assertThat(postman.domain()).isEmpty();
        assertThat(send(postman))
                .isEqualTo(new Retry(Optional.empty(), "no mail server is configured here", Optional.empty()));
    }

    private SmtpServer server() {
        var server = new SmtpServer();
        open.add(server);
        return server;
    }

    private Postman postman(SmtpServer server) {
        return postman(server, Map.of());
    }

    private Postman postman(SmtpServer server, Map<String, String> settings) {
        open.add(server);
        return postman(server.port(), settings);
    }

    private Postman impatient(SmtpServer server) {
        return impatient(server, Map.of("patience", "2s"));
    }

    private Postman impatient(SmtpServer server, Map<String, String> settings) {
        return postman(server.port(), settings, "2s");
    }

    private Postman postman(int port, Map<String, String> settings) {
        return postman(port, settings, "60s");
    }

    private Postman postman(int port, Map<String, String> settings, String timeout) {
        var all = new HashMap<>(Map.of(
                "host", "localhost",
                "port", Integer.toString(port),
                "from", "alerts@example.com",
                "connections", "2",
                "encryption", "none"));
        all.putAll(settings);
        var postman = new Postman(Mails.config(all), delivery(timeout), vertx);
        open.add(postman::close);
        return postman;
    }

    private static Outcome send(Postman postman) {
        return sending(postman).join();
    }

    private static CompletableFuture<Outcome> sending(Postman postman) {
        return sending(postman, Mails.letter());
    }

    private static CompletableFuture<Outcome> sending(Postman postman, Letter letter) {
        return postman.send(letter, ADA, AT).subscribeAsCompletionStage();
    }

    private static DeliveryConfig delivery(String timeout) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(DeliveryConfig.class)
                .withDefaultValue("plimsoll.delivery.timeout", timeout)
                .build()
                .getConfigMapping(DeliveryConfig.class);
    }

    private static String trusted() {
        return Pem.of(certificate, folder).toString();
    }
}
