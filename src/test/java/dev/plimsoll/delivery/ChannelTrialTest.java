package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Proof.Proven;
import dev.plimsoll.delivery.Proof.Unproven;
import dev.plimsoll.delivery.TestReceiver.Answer;
import dev.plimsoll.unit.Ids;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChannelTrialTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    ChannelTrial trial;

    private final TestReceiver server = new TestReceiver();
    private final WebhookSecret secret = WebhookSecret.generate();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aReceiverThatEchoesTheCodeIsProvenAndGotASignedEvent() throws Exception {
        var proven = prove(UnaryOperator.identity());

        assertThat(proven).isInstanceOf(Proven.class);
        server.received().getFirst().verify(secret);
        assertThat(server.received().getFirst().json().getString("type")).isEqualTo("channel.verification");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":\"%s\"}", " %s\n", "{\"more\":[1],\"code\":\"%s\"}"})
    void theEchoMayBeJsonOrPlain(String form) {
        assertThat(prove(form::formatted)).isInstanceOf(Proven.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ok", "{}", "{\"code\":1}", "{\"code\":null}", "{\"code\":", "{{{{", "%sx", "[\"%s\"]"})
    void anythingElseIsNotProven(String form) {
        assertThat(prove(form::formatted)).isInstanceOf(Unproven.class);
    }

    @Test
    void aReceiverThatRefusesTheProofIsNotProvenAndTheReasonIsSaid() {
        server.answering(500);

        assertThat(now(trial.prove(receiver(), ProofCode.generate())))
                .isEqualTo(new Unproven("The proof could not be delivered: the receiver answered 500."));
    }

    @Test
    void aCodeMatchesItsHashOnly() {
        var code = ProofCode.generate();

        assertThat(code.isSameAs(code.code() + "\n")).isTrue();
        assertThat(code.isSameAs(ProofCode.generate().code())).isFalse();
        assertThat(code.hash()).hasSize(32);
    }

    @Test
    void aTestIsSentOnceAndSaysHowItWent() {
        var delivered = now(trial.test(receiver()));
        server.answering((request, number) -> Answer.of(503));
        var failed = now(trial.test(receiver()));

        assertThat(delivered.delivered()).isTrue();
        assertThat(delivered.duration()).isPositive();
        assertThat(failed.delivered()).isFalse();
        assertThat(failed.detail()).isEqualTo("the receiver answered 503");
        assertThat(server.received()).hasSize(2);
        assertThat(server.received().getFirst().json().getString("type")).isEqualTo("alert.test");
    }

    @Test
    void aUrlTheGuardRefusesIsNotCalled() {
        var inner = receiver("http://10.0.0.1:8443/");

        var failed = now(trial.test(inner));

        assertThat(failed.delivered()).isFalse();
        assertThat(failed.detail()).contains("does not resolve to public addresses");
    }

    private Proof prove(UnaryOperator<String> answer) {
        server.answering((request, number) ->
                Answer.saying(answer.apply(request.json().getJsonObject("data").getString("code"))));
        return now(trial.prove(receiver(), ProofCode.generate()));
    }

    private Receiver receiver() {
        return receiver(server.url());
    }

    private Receiver receiver(String url) {
        var settings = new Settings(Map.of("url", url));
        return new Receiver(Ids.next(), Ids.next(), "webhook", settings, List.of(secret));
    }

    private static <T> T now(Uni<T> work) {
        return work.await().atMost(SOON);
    }
}
