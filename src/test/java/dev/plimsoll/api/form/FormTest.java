package dev.plimsoll.api.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.plimsoll.api.Fault;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {
    private record Leg(String asset, BigDecimal amount) {}

    private record Loan(String name, Duration hold, List<Leg> legs) {}

    private static Optional<Leg> leg(Form form) {
        var asset = form.required("asset", Readers.text(20));
        var amount = form.required("amount", Readers.positive());
        return form.complete(() -> new Leg(asset.orElseThrow(), amount.orElseThrow()));
    }

    private static Optional<Loan> loan(Form form) {
        var name = form.required("name", Readers.text(10));
        var hold = form.optional("liquidationHold", Readers.duration(Duration.ofDays(1)));
        var legs = form.required("legs", Readers.list(1, 3, Readers.object(FormTest::leg)));
        return form.complete(() -> new Loan(name.orElseThrow(), hold.orElse(Duration.ZERO), legs.orElseThrow()));
    }

    private static Loan read(String json) {
        return Form.of(json.getBytes(StandardCharsets.UTF_8), FormTest::loan);
    }

    private static HttpProblem refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpProblem refused(byte[] body) {
        return catchThrowableOfType(HttpProblem.class, () -> Form.of(body, FormTest::loan));
    }

    @SuppressWarnings("unchecked")
    private static List<Fault> faults(HttpProblem problem) {
        return (List<Fault>) problem.getParameters().get("errors");
    }

    @Test
    void aDecimalIsReadExactlyFromAStringOrANumber() {
        var loan = read("""
                {"name":" ETH ","liquidationHold":"PT20S",
                 "legs":[{"asset":"ETH","amount":0.1},{"asset":"BTC","amount":"1e-3"}]}""");

        assertThat(loan)
                .isEqualTo(new Loan(
                        "ETH",
                        Duration.ofSeconds(20),
                        List.of(new Leg("ETH", new BigDecimal("0.1")), new Leg("BTC", new BigDecimal("1e-3")))));
    }

    @Test
    void allFaultsAreToldAtOnceWithTheirPointers() {
        var problem = refused("""
                {"name":7,"liquidatonHold":"PT20S","legs":[{"asset":"ETH","amount":"-1"},{"amount":1e400},[]]}""");

        assertThat(problem.getStatusCode()).isEqualTo(422);
        assertThat(faults(problem))
                .extracting(Fault::pointer)
                .containsExactly(
                        "/name", "/legs/0/amount", "/legs/1/asset", "/legs/1/amount", "/legs/2", "/liquidatonHold");
        assertThat(faults(problem))
                .last()
                .isEqualTo(new Fault(
                        "There is no field 'liquidatonHold': did you mean 'liquidationHold'?", "/liquidatonHold"));
    }

    @Test
    void aFieldTwiceIsRefusedEvenDeepInside() {
        var problem = refused("""
                {"name":"a","legs":[{"asset":"ETH","amount":"1","amount":"2"}]}""");

        assertThat(problem.getStatusCode()).isEqualTo(400);
        assertThat(faults(problem)).containsExactly(new Fault("'amount' stands here twice.", "/legs/0/amount"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{",
                "{\"name\":",
                "{}x",
                "{} {}",
                "{'name':1}",
                "{name:1}",
                "{\"name\":NaN}",
                "{\"name\":Infinity}",
                "{\"name\":-}",
                "{\"name\":01}",
                "{\"name\":0x1}",
                "{\"name\":1,}",
                "[1,]",
                "// x\n{}",
                "{\"name\":\"\n\"}",
                "{\"name\":\"\\x\"}",
                "\uFEFF{}",
                "\0{}"
            })
    void whatIsNoJsonIsMalformed(String body) {
        assertThat(refused(body).getStatusCode()).isEqualTo(400);
    }

    @Test
    void anotherEncodingIsMalformed() {
        assertThat(refused("{}".getBytes(StandardCharsets.UTF_16LE)).getStatusCode())
                .isEqualTo(400);
        assertThat(refused("{}".getBytes(StandardCharsets.UTF_16)).getStatusCode())
                .isEqualTo(400);
        assertThat(refused(new byte[] {'"', (byte) 0xC3, '"'}).getStatusCode()).isEqualTo(400);
        assertThat(refused(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'})
                        .getStatusCode())
                .isEqualTo(400);
    }

    @Test
    void depthIsBoundedAt32() {
        assertThat(refused("[".repeat(33) + "]".repeat(33)).getDetail()).contains("32");
        assertThat(refused("[".repeat(60_000)).getStatusCode()).isEqualTo(400);
        assertThat(refused("[".repeat(32) + "]".repeat(32)).getStatusCode()).isEqualTo(422);
    }

    @Test
    void aBodyMayHave64Kilobytes() {
        assertThat(refused(" ".repeat(64 * 1024 - 2) + "{}").getStatusCode()).isEqualTo(422);
        assertThat(refused(" ".repeat(64 * 1024 - 1) + "{}").getStatusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "1e999999999",
                "1e-41",
                "-0.00001e-40",
                "1234567890123456789012345678901234567890123456789012345678901",
                "\"NaN\"",
                "\"Infinity\"",
                "\"0x10\"",
                "\"1,5\"",
                "\"\"",
                "\" 1\"",
                "\"١\"",
                "true",
                "{}",
                "[]"
            })
    void aNumberOutOfBoundsIsRefusedWithItsPlace(String number) {
        var problem = refused("{\"name\":\"a\",\"legs\":[{\"asset\":\"ETH\",\"amount\":" + number + "}]}");

        assertThat(faults(problem)).extracting(Fault::pointer).containsExactly("/legs/0/amount");
    }

    @Test
    void aNumberOfSixtyThousandDigitsIsRefusedWithItsPlace() {
        var problem = refused("{\"name\":\"a\",\"legs\":[{\"asset\":\"ETH\",\"amount\":" + "9".repeat(60_000) + "}]}");

        assertThat(faults(problem)).extracting(Fault::pointer).containsExactly("/legs/0/amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0007", "\\ud800", "a\\u202eb", "a\\r\\nb", "\\ufeff", "\\ue000"})
    void invisibleCharactersAreRefused(String name) {
        var problem = refused("{\"name\":\"" + name + "\",\"legs\":[{\"asset\":\"ETH\",\"amount\":1}]}");

        assertThat(faults(problem)).extracting(Fault::pointer).containsExactly("/name");
    }

    @Test
    void anEmojiCountsAsOneCharacter() {
        var loan = read("{\"name\":\"🚢🚢🚢🚢🚢🚢🚢🚢🚢🚢\",\"legs\":[{\"asset\":\"ETH\",\"amount\":1}]}");

        assertThat(loan.name()).hasSize(20);
    }

    @Test
    void anUnknownFieldIsRepeatedShortAndPrintable() {
        var problem = refused("{\"name\":\"a\",\"legs\":[{\"asset\":\"ETH\",\"amount\":1}],\"" + "x".repeat(9_000)
                + "\":1,\"\\u0000~/\":2}");

        assertThat(faults(problem)).extracting(Fault::pointer).containsExactly("/" + "x".repeat(40) + "…", "/?~0~1");
    }

    @Test
    void everyOtherKindOfValueIsReadOrRefused() {
        var body = """
                {"at":"2026-11-21T10:00:00+01:00","severity":"warning","labels":{"team":"treasury"},"key":"a-1","n":3}""";

        var read = Form.of(body.getBytes(StandardCharsets.UTF_8), form -> {
            var at = form.required("at", Readers.instant());
            var severity = form.required("severity", Readers.oneOf(Thread.State.class));
            var labels = form.required("labels", Readers.labels());
            assertThat(severity).isEmpty();
            return Optional.of(Map.of("at", at.orElseThrow(), "labels", labels.orElseThrow()));
        });

        assertThat(read)
                .containsEntry("at", Instant.parse("2026-11-21T09:00:00Z"))
                .containsEntry("labels", Map.of("team", "treasury"));
    }

    private static Optional<List<Optional<?>>> everything(Form form) {
        var loan = form.optional("loan", Readers.object(FormTest::loan));
        var flag = form.optional("flag", Readers.flag());
        var whole = form.optional("whole", Readers.whole(0, 9));
        var at = form.optional("at", Readers.instant());
        var id = form.optional("id", Readers.uuid());
        var key = form.optional("key", Readers.key());
        var labels = form.optional("labels", Readers.labels());
        var note = form.optional("note", Readers.paragraph(100));
        var token = form.optional("token", Readers.token(100));
        var word = form.optional("word", Readers.oneOf(List.of("above", "below")));
        return form.complete(() -> List.of(loan, flag, whole, at, id, key, labels, note, token, word));
    }

    static Stream<byte[]> bodies() {
        return Stream.of("{}", """
                        {"loan":{"name":"ETH","liquidationHold":"PT20S","legs":[{"asset":"ETH","amount":0.1}]},
                         "flag":true,"whole":7,"at":"2026-11-21T10:00:00Z","key":"eth-loan","labels":{"team":"a"},
                         "id":"6f1b0a4e-8c1d-4a57-9a70-0d3b7a4c2f11","note":"a\\nb","token":"abc","word":"above"}""").map(body -> body.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "3s")
    void whateverABodyHoldsIsReadOrRefusedAsAProblem(byte[] body) {
        try {
            assertThat(Form.of(body, FormTest::everything)).hasSize(10);
        } catch (HttpProblem refused) {
            assertThat(refused.getStatusCode()).isIn(400, 413, 422);
        }
    }
}
