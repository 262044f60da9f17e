package dev.plimsoll.oracle.source;

import static java.math.RoundingMode.HALF_EVEN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A source's recorded answer for ETH, and what it would be with something else in it.
 *
 * <p>By the convention of the wire files the price of ETH is 3,294 or 3,295 and something, in the source's own unit, and
 * a time is one of the last minutes before {@link PriceSourceContract#NOW}; that is how they are found.
 */
record Recorded(String text) {
    private static final Pattern PRICE = literal("329[45]\\d*(?:\\.\\d+)?");
    private static final Pattern TIME = literal("17899848\\d+|2026-09-21T10:00:0[^\"]*");
    private static final Pattern LEAF = literal("[^\"\\[\\]{},:][^\"\\[\\]{},]*");
    private static final int DIGITS = 4;

    private static Pattern literal(String value) {
        return Pattern.compile("(?<=[:,\\[])(\"?)(" + value + ")\\1(?=[,\\]}])");
    }

    static Recorded of(String source) {
        try (var file = Recorded.class.getResourceAsStream("/wire/" + source + "/ok.json")) {
            return new Recorded(new String(file.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every price is this literal. */
    String priced(String literal) {
        return PRICE.matcher(text).replaceAll(literal);
    }

    /** Every price is the same multiple of itself, in the source's own unit and form. */
    String priced(UnaryOperator<BigDecimal> change) {
        return PRICE.matcher(text).replaceAll(found -> inForm(found, number -> changed(number, change)));
    }

    /** What is a number becomes a text, and the reverse. */
    String pricedInTheOtherForm() {
        return PRICE.matcher(text)
                .replaceAll(found -> found.group(1).isEmpty() ? '"' + found.group(2) + '"' : found.group(2));
    }

    /** Every time is this literal. */
    String timed(String literal) {
        return TIME.matcher(text).replaceAll(literal);
    }

    /** Every time is this one, in the source's own unit and form. */
    String timed(Instant instant) {
        return TIME.matcher(text).replaceAll(found -> inForm(found, time -> inUnit(time, instant)));
    }

    /** The answer with each of its values in turn replaced by the literal. */
    Stream<String> withEachValue(String literal) {
        return LEAF.matcher(text)
                .results()
                .map(leaf -> text.substring(0, leaf.start()) + literal + text.substring(leaf.end()));
    }

    private static String inForm(MatchResult found, UnaryOperator<String> change) {
        return found.group(1) + change.apply(found.group(2)) + found.group(1);
    }

    private static String changed(String literal, UnaryOperator<BigDecimal> change) {
        var number = new BigDecimal(literal);
        var unit = BigDecimal.ONE.scaleByPowerOfTen(number.precision() - number.scale() - DIGITS);
        var price = change.apply(number.divide(unit)).multiply(unit);
        return price.setScale(unit.compareTo(BigDecimal.ONE) > 0 ? 0 : 18, HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String inUnit(String time, Instant instant) {
        return switch (time.length()) {
            case 10 -> String.valueOf(instant.getEpochSecond());
            case 13 -> String.valueOf(instant.toEpochMilli());
            default -> instant.toString();
        };
    }
}
