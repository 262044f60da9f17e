package dev.plimsoll.oracle.source;

import static dev.plimsoll.oracle.source.PriceSourceContract.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plimsoll.wire.RawServer.Talk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The corpus of hostile answers: every source is told each of them, made from its own recorded answer. */
final class Lies {
    private static final Set<String> MALFORMED = Set.of("malformed");
    private static final Set<String> NO_PRICE = Set.of("not-a-price", "malformed");
    private static final Set<String> NO_ANSWER = Set.of("malformed", "not-a-price", "unknown-asset", "refused");
    private static final Set<String> TOO_LARGE = Set.of("too-large");
    private static final Set<String> OUT_OF_BOUNDS = Set.of("out of bounds");
    private static final Set<String> FAR_FROM_THE_OTHERS = Set.of("outlier", "uncertain");
    private static final Set<String> NOT_NOW = Set.of("malformed", "not-a-price", "its time lies ahead", "stale");

    private static final String JSON = "Content-Type: application/json\r\n";
    private static final int MEGABYTE = 1 << 20;

    /** Literals that are no price, nor any other number or time that a source could mean. */
    static final List<String> NO_NUMBERS = List.of(
            "NaN",
            "\"NaN\"",
            "Infinity",
            "\"Infinity\"",
            "-Infinity",
            "\"-Infinity\"",
            "0",
            "\"0\"",
            "\"0.00000000\"",
            "-1",
            "\"-3294.30\"",
            "1e400",
            "\"1e400\"",
            "1e-400",
            "1e999999999",
            "\"1e999999999\"",
            "1e-2147483648",
            "0x1p3",
            "\"0x1p3\"",
            "03294",
            "\"1,234.5\"",
            "\"\"",
            "\" 3294\"",
            "\"٣٢٩٤\"",
            "null",
            "true",
            "{}",
            "[]",
            "[3294.30]",
            "{\"value\":3294.30}");

    private Lies() {}

    static List<Lie> all() {
        return Stream.of(notJson(), tooMuch(), notHttp(), shapes(), notNumbers(), otherUnits(), otherTimes())
                .flatMap(lies -> lies)
                .toList();
    }

    private static Stream<Lie> notJson() {
        return Stream.of(
                body("empty", MALFORMED, whole -> ""),
                body("white space", MALFORMED, whole -> " \r\n\t "),
                said("HTML", MALFORMED, whole -> html("<!doctype html><title>Just a moment...</title>")),
                said("JSON called HTML", MALFORMED, whole -> html(whole.text())),
                said(
                        "JSON called nothing",
                        MALFORMED,
                        whole -> answer("", whole.text().getBytes(UTF_8))),
                body(
                        "half of it",
                        MALFORMED,
                        whole -> whole.text().substring(0, whole.text().length() / 2)),
                body(
                        "all but its end",
                        MALFORMED,
                        whole -> whole.text().substring(0, whole.text().length() - 1)),
                body("twice", MALFORMED, whole -> whole.text() + whole.text()),
                body("a key twice", MALFORMED, whole -> whole.text().replaceFirst("\\{(\"\\w+\"):", "{$1:null,$1:")),
                body("a byte order mark", MALFORMED, whole -> "\uFEFF" + whole.text()),
                said("UTF-16", MALFORMED, whole -> answer(JSON, whole.text().getBytes(UTF_16))),
                said("no UTF-8", MALFORMED, whole -> answer(JSON, (whole.text() + "\u00c3(").getBytes(ISO_8859_1))),
                body("null bytes", MALFORMED, whole -> whole.text() + "\0\0"),
                body("100,000 lists deep", MALFORMED, whole -> "[".repeat(100_000)),
                body("100,000 objects deep", MALFORMED, whole -> "{\"a\":".repeat(100_000)),
                body("65 deep and closed", MALFORMED, whole -> "[".repeat(65) + "]".repeat(65)),
                said("gzip", MALFORMED, whole -> answer(JSON + "Content-Encoding: gzip\r\n", bomb())),
                said("gzip, unsaid", MALFORMED, whole -> answer(JSON, bomb())));
    }

    private static Stream<Lie> tooMuch() {
        return Stream.of(
                said(
                        "5 MB",
                        TOO_LARGE,
                        whole -> answer(JSON, (whole.text() + " ".repeat(5 * MEGABYTE)).getBytes(UTF_8))),
                said("without end", TOO_LARGE, whole -> endless(JSON + "\r\n", " ".repeat(65_536))),
                said(
                        "chunks without end",
                        TOO_LARGE,
                        whole -> endless(CHUNKED, "1000\r\n" + " ".repeat(4_096) + "\r\n")),
                said("tiny chunks without end", TOO_LARGE, whole -> endless(CHUNKED, "1\r\n \r\n".repeat(1_000))),
                said(
                        "lines of chunks without end",
                        Set.of("too-large", "malformed"),
                        whole -> endless(CHUNKED, "1;" + "x".repeat(4_000) + "\r\n \r\n")),
                body("a megabyte of names", NO_ANSWER, whole -> names()),
                body("a megabyte of empty lists", NO_ANSWER, whole -> "[" + "[],".repeat(330_000) + "[]]"));
    }

    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\r\n\r\n";

    private static Stream<Lie> notHttp() {
        return Stream.of(
                said(
                        "a header of a megabyte",
                        MALFORMED,
                        whole -> head(JSON + "X: " + "x".repeat(MEGABYTE) + "\r\n\r\n")),
                said("headers without end", MALFORMED, whole -> endless(JSON, "X-A: b\r\n".repeat(1_000))),
                said(
                        "two lengths",
                        Set.of("malformed", "unreachable"),
                        whole -> head(JSON + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ")),
                said(
                        "no HTTP",
                        Set.of("malformed", "unreachable"),
                        whole -> out -> out.write("{}\r\n\r\n".getBytes(US_ASCII))));
    }

    private static Stream<Lie> shapes() {
        var wrapped = Stream.of(
                body("in a list", NO_ANSWER, whole -> "[" + whole.text() + "]"),
                body("in an object", NO_ANSWER, whole -> "{\"data\":" + whole.text() + "}"));
        var bare = Stream.of("{}", "[]", "null", "1", "\"ETH\"", "true", "[[]]", "[null]", "{\"result\":[]}")
                .map(text -> body(text, NO_ANSWER, whole -> text));
        return Stream.concat(wrapped, bare);
    }

    private static Stream<Lie> notNumbers() {
        return NO_NUMBERS.stream().map(literal -> body("price " + literal, NO_PRICE, whole -> whole.priced(literal)));
    }

    private static Stream<Lie> otherUnits() {
        var digits = "9".repeat(100_000);
        return Stream.of(
                body("price of 100,000 digits", NO_PRICE, whole -> whole.priced(digits)),
                body("price of 100,000 digits, a text", NO_PRICE, whole -> whole.priced('"' + digits + '"')),
                times("price in cents", OUT_OF_BOUNDS, "100"),
                times("price with 8 decimals", OUT_OF_BOUNDS, "1e8"),
                times("price in wei", OUT_OF_BOUNDS, "1e18"),
                price(
                        "price inverted",
                        Set.of("out of bounds", "not-a-price", "uncertain"),
                        usd -> BigDecimal.ONE.divide(usd, MathContext.DECIMAL64)),
                times("price of a cent", FAR_FROM_THE_OTHERS, "0.01"),
                times("price ten times", FAR_FROM_THE_OTHERS, "10"),
                times("price 30 % low", FAR_FROM_THE_OTHERS, "0.7"),
                times("price 30 % high", FAR_FROM_THE_OTHERS, "1.3"),
                price("price of BTC", FAR_FROM_THE_OTHERS, usd -> new BigDecimal("65123.45")));
    }

    private static Stream<Lie> otherTimes() {
        var literals = Stream.of(
                        "0",
                        "-1",
                        "1",
                        "1e30",
                        "null",
                        "true",
                        "\"\"",
                        "\"yesterday\"",
                        "1789984800000000",
                        "9223372036854775808",
                        "253402300800",
                        "\"+1000000000-12-31T23:59:59Z\"",
                        "\"-1000000000-01-01T00:00:00Z\"")
                .map(literal -> body("time " + literal, NOT_NOW, whole -> whole.timed(literal)));
        var shifted = Stream.of(
                        Duration.ofDays(-1), Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofDays(36_500))
                .map(by -> body("time off by " + by, NOT_NOW, whole -> whole.timed(NOW.plus(by))));
        return Stream.concat(literals, shifted);
    }

    private static Lie times(String name, Set<String> causes, String factor) {
        return price(name, causes, new BigDecimal(factor)::multiply);
    }

    private static Lie price(String name, Set<String> causes, UnaryOperator<BigDecimal> change) {
        return body(name, causes, whole -> whole.priced(change));
    }

    private static Lie body(String name, Set<String> causes, Function<Recorded, String> text) {
        return said(name, causes, whole -> answer(JSON, text.apply(whole).getBytes(UTF_8)));
    }

    private static Lie said(String name, Set<String> causes, Function<Recorded, Talk> told) {
        return new Lie(name, told, causes);
    }

    private static Talk html(String text) {
        return answer("Content-Type: text/html; charset=utf-8\r\n", text.getBytes(UTF_8));
    }

    /** Not a lie. */
    static Talk truth(Recorded whole) {
        return answer(JSON, whole.text().getBytes(UTF_8));
    }

    private static Talk answer(String headers, byte[] body) {
        return out -> {
            head(headers + "Content-Length: " + body.length + "\r\n\r\n").say(out);
            out.write(body);
        };
    }

    private static Talk head(String headers) {
        return out -> out.write(("HTTP/1.1 200 OK\r\nConnection: close\r\n" + headers).getBytes(US_ASCII));
    }

    private static Talk endless(String headers, String again) {
        var bytes = again.getBytes(US_ASCII);
        return out -> {
            head(headers).say(out);
            while (true) {
                out.write(bytes);
            }
        };
    }

    private static String names() {
        var names = new StringBuilder("{");
        for (var i = 0; i < 90_000; i++) {
            names.append('"').append(i).append("\":0,");
        }
        return names.append("\"\":0}").toString();
    }

    /** 100 MB of spaces in some 100 kB. */
    private static byte[] bomb() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            var spaces = " ".repeat(MEGABYTE).getBytes(US_ASCII);
            for (var i = 0; i < 100; i++) {
                gzip.write(spaces);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
