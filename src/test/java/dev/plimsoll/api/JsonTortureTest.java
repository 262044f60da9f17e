package dev.plimsoll.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.RawHttp.Answer;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.risk.Given;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a client sends to any POST, PUT or PATCH: a 4xx problem, at once. */
@QuarkusTest
class JsonTortureTest {
    @Inject
    LatestMarket market;

    /** Before the first tick a preview is a 503, whatever is sent. */
    @BeforeEach
    void aMarketIsJudged() {
        market.offer(1, Given.market("ETH 2981.11", "USDC 1"));
    }

    /** What replaces the whole body. */
    private static Map<String, byte[]> bodies() {
        var bodies = new LinkedHashMap<String, byte[]>();
        Stream.of("", " \n\t", "null", "true", "0", "-1.5e3", "\"text\"", "[]", "[{}]", "[[]]", "{", "}", "{]", "[}")
                .forEach(text -> bodies.put(text, text.getBytes(UTF_8)));
        Stream.of("{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":'b'}", "{}{}")
                .forEach(text -> bodies.put(text, text.getBytes(UTF_8)));
        Stream.of(
                        "{} x",
                        "{}]",
                        "/**/{}",
                        "// x\n{}",
                        "{\"a\":01}",
                        "{\"a\":+1}",
                        "{\"a\":.5}",
                        "{\"a\":1.}",
                        "{\"a\":0x1}")
                .forEach(text -> bodies.put(text, text.getBytes(UTF_8)));
        Stream.of(
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "undefined",
                        "True",
                        "nul",
                        "1e",
                        "--1",
                        "\"\\x41\"",
                        "\"\\u12\"",
                        "\"\n\"")
                .forEach(value -> bodies.put(value, ("{\"name\":" + value + "}").getBytes(UTF_8)));
        Stream.of("__proto__", "constructor", "", " ", "\\u0000", "\\ud800", "$where", "name ", "na\\u006de2")
                .forEach(name -> bodies.put("field " + name, ("{\"" + name + "\":{\"x\":1}}").getBytes(UTF_8)));
        bodies.put("twice", "{\"name\":\"a\",\"name\":\"b\"}".getBytes(UTF_8));
        bodies.put("twice escaped", "{\"name\":\"a\",\"n\\u0061me\":\"b\"}".getBytes(UTF_8));
        bodies.put("BOM", "\uFEFF{}".getBytes(UTF_8));
        bodies.put("UTF-16", "{\"name\":\"a\"}".getBytes(UTF_16));
        bodies.put("UTF-16LE", "{\"name\":\"a\"}".getBytes(UTF_16LE));
        bodies.put("Latin-1", "{\"name\":\"\u00fc\"}".getBytes(ISO_8859_1));
        bodies.put("overlong", new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'});
        bodies.put("surrogate in UTF-8", new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'});
        bodies.put("NUL", "{\"name\":\"a\0\"}".getBytes(UTF_8));
        bodies.put("only NUL", new byte[1_000]);
        bodies.put("deep lists", "[".repeat(30_000).getBytes(UTF_8));
        bodies.put("deep closed", ("[".repeat(30_000) + "]".repeat(30_000)).getBytes(UTF_8));
        bodies.put("deep objects", ("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)).getBytes(UTF_8));
        bodies.put("long name", ("{\"" + "n".repeat(60_000) + "\":1}").getBytes(UTF_8));
        bodies.put("many fields", manyFields().getBytes(UTF_8));
        bodies.put("too large", ("{\"name\":\"" + "x".repeat(70_000) + "\"}").getBytes(UTF_8));
        bodies.put("100k digits", ("{\"amount\":" + "9".repeat(100_000) + "}").getBytes(UTF_8));
        bodies.put("60k digits", ("{\"amount\":" + "9".repeat(60_000) + "}").getBytes(UTF_8));
        return bodies;
    }

    private static String manyFields() {
        var body = new JsonObject();
        for (var i = 0; i < 5_000; i++) {
            body.put("f" + i, i);
        }
        return body.encode();
    }

    /** What replaces one value of a good body, as JSON text. */
    private static final List<String> VALUES = List.of(
            "null",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"__proto__\":null}",
            "1e400",
            "-1e400",
            "1e999999999",
            "1e-999999999",
            "0." + "0".repeat(50) + "1",
            "9".repeat(5_000),
            "\"1e999999999\"",
            "\"NaN\"",
            "\"-Infinity\"",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"a\\u202eb\"",
            "\"a\\r\\nBcc: x\"",
            "\"" + "x".repeat(30_000) + "\"",
            "\"' or 1=1; drop table account; --\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "\"0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318\"");

    @Test
    void nothingBreaksAnyOperationThatTakesABody() {
        var ada = Ada.signsUp();
        var good = goodPaths(ada);

        var strange = operations()
                .flatMap(operation -> bodies().entrySet().stream()
                        .flatMap(
                                body -> strange(operation, body.getKey(), sent(ada, operation, good, body.getValue()))))
                .toList();

        assertThat(strange).isEmpty();
    }

    @Test
    void noValueOfAnyFieldBreaksAnOperation() {
        var ada = Ada.signsUp();
        var good = goodPaths(ada);

        var strange = operations()
                .flatMap(operation -> wrongValues(operation)
                        .flatMap(body -> broken(operation, body, sent(ada, operation, good, body.getBytes(UTF_8)))))
                .toList();

        assertThat(strange).isEmpty();
    }

    @Test
    void anotherContentTypeIsRefused() {
        var ada = Ada.signsUp();
        var good = goodPaths(ada);

        var strange = operations()
                .flatMap(operation -> Stream.of(
                                "text/plain", "application/xml", "multipart/form-data", "x/y;;=", "json")
                        .flatMap(type ->
                                strange(operation, type, sent(ada, operation, good, "{".getBytes(UTF_8), type))))
                .toList();

        assertThat(strange).isEmpty();
    }

    @Test
    void aBodyThatIsAcceptedWouldBeSeen() {
        var ada = Ada.signsUp();
        var signUp = Document.read().operation("POST /accounts");
        var example = signUp.example().orElseThrow().encode();

        assertThat(strange(signUp, example, sent(ada, signUp, Map.of(), example.getBytes(UTF_8))))
                .hasSize(1);
        assertThat(operations()).hasSizeGreaterThan(15);
        assertThat(wrongValues(Document.read().operation("POST /positions"))).hasSizeGreaterThan(300);
    }

    /** Things of Ada's own, so that a request gets as far as its body. */
    private static Map<String, String> goodPaths(Ada ada) {
        var document = Document.read();
        var paths = new LinkedHashMap<String, String>();
        for (var kind : List.of("positions", "rules", "channels")) {
            var example = document.operation("POST /" + kind).example().orElseThrow();
            if (kind.equals("channels")) {
                example.put("url", "http://127.0.0.1:9/hook");
            }
            paths.put("/" + kind, ada.creates("/" + kind, example.encode()).getString("id"));
        }
        return paths;
    }

    private static Stream<Document.Operation> operations() {
        return Document.read().operations().stream()
                .filter(operation -> operation.method().matches("POST|PUT|PATCH"))
                .filter(operation -> !operation.path().matches(".*/(test|rotate-secret|verification|redeliver)"));
    }

    private static Stream<String> wrongValues(Document.Operation operation) {
        return operation.example().stream()
                .flatMap(example -> places(example).stream()
                        .flatMap(place -> VALUES.stream().map(value -> replaced(example, place, value))));
    }

    /** Where a value stands in the body, as its steps from the root: names and indexes. */
    private static List<List<Object>> places(Object json) {
        var places = new ArrayList<List<Object>>();
        var inside = json instanceof JsonObject object
                ? object.stream().map(field -> Map.<Object, Object>entry(field.getKey(), orEmpty(field.getValue())))
                : json instanceof JsonArray array && !array.isEmpty()
                        ? Stream.of(Map.<Object, Object>entry(0, array.getValue(0)))
                        : Stream.<Map.Entry<Object, Object>>empty();
        inside.forEach(step -> {
            places.add(List.of(step.getKey()));
            places(step.getValue())
                    .forEach(deeper -> places.add(Stream.concat(Stream.of(step.getKey()), deeper.stream())
                            .toList()));
        });
        return places;
    }

    private static Object orEmpty(Object value) {
        return value == null ? "" : value;
    }

    private static String replaced(JsonObject example, List<Object> place, String value) {
        Object at = example.copy();
        var root = at;
        for (var step : place.subList(0, place.size() - 1)) {
            at = at instanceof JsonObject object
                    ? object.getValue((String) step)
                    : ((JsonArray) at).getValue((int) step);
        }
        var mark = UUID.randomUUID().toString();
        if (at instanceof JsonObject object) {
            object.put((String) place.getLast(), mark);
        } else {
            ((JsonArray) at).getList().set((int) place.getLast(), mark);
        }
        return ((JsonObject) root).encode().replace('"' + mark + '"', value);
    }

    private static Answer sent(Ada ada, Document.Operation operation, Map<String, String> good, byte[] body) {
        return sent(ada, operation, good, body, "application/json");
    }

    private static Answer sent(
            Ada ada, Document.Operation operation, Map<String, String> good, byte[] body, String type) {
        var kind = "/" + operation.path().split("/")[1];
        var id = good.getOrDefault(kind, UUID.randomUUID().toString());
        try {
            return RawHttp.asks(
                    operation.method() + " " + Ada.BASE + operation.path().replaceAll("\\{\\w+}", id),
                    Map.of("Authorization", "Bearer " + ada.key(), "Content-Type", type),
                    body);
        } catch (IOException e) {
            throw new UncheckedIOException(operation.name(), e);
        }
    }

    /** What is not a 4xx problem. */
    private static Stream<String> strange(Document.Operation operation, String body, Answer answer) {
        var problem = answer.isProblem()
                && answer.status() / 100 == 4
                && !answer.text().matches("(?s).*(java\\.|jackson|Exception|select |insert ).*");
        var shown = body.length() > 60 ? body.substring(0, 60) : body;
        return problem ? Stream.empty() : Stream.of(operation.name() + " <" + shown + ">: " + answer.text());
    }

    /** Some of the values are good for some of the fields: then it is accepted. But nothing ever breaks. */
    private static Stream<String> broken(Document.Operation operation, String body, Answer answer) {
        return answer.status() / 100 == 2 ? Stream.empty() : strange(operation, body, answer);
    }
}
