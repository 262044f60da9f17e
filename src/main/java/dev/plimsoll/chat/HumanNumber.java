package dev.plimsoll.chat;

import dev.plimsoll.unit.Decimals;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as people type it: {@code 1,5}, {@code 12k}, {@code 1.234,56}, {@code 12 000}. A comma or a full stop before the
 * last digits is the decimal one; what could as well set thousands apart is not guessed.
 */
sealed interface HumanNumber {

    /** There is one way to read it. Positive. */
    record One(BigDecimal value) implements HumanNumber {}

    /** {@code 12,500} is twelve and a half here and twelve thousand five hundred there. */
    record Either(BigDecimal small, BigDecimal large) implements HumanNumber {}

    /** It is no positive number, or out of bounds. */
    record None() implements HumanNumber {}

    /** Digits, perhaps in groups, perhaps with thousands or millions behind them. */
    Pattern SHAPE = Pattern.compile("((?:[0-9]|[.,][0-9])[0-9.,'_\\u00a0\\u202f ]*)([kKmM]?)");

    /** One mark, and three digits behind it. */
    Pattern DOUBTFUL = Pattern.compile("[1-9][0-9]{0,2}(,[0-9]{3}|\\.[0-9]{2}0)");

    static HumanNumber of(String typed) {
        var shape = SHAPE.matcher(typed.strip());
        if (!shape.matches()) {
            return new None();
        }
        var digits = shape.group(1).replaceAll("['_\\u00a0\\u202f ]", "").replaceFirst("^[.,]", "0$0");
        var zeros = zeros(shape.group(2));
        if (zeros == 0 && DOUBTFUL.matcher(digits).matches()) {
            return new Either(
                    number(digits.replace(',', '.')).orElseThrow(),
                    number(digits.replaceAll("[.,]", "")).orElseThrow());
        }
        return plain(digits)
                .flatMap(HumanNumber::number)
                .map(value -> value.scaleByPowerOfTen(zeros))
                .flatMap(Decimals::bounded)
                .filter(value -> value.signum() > 0)
                .<HumanNumber>map(value -> new One(tidy(value)))
                .orElseGet(None::new);
    }

    private static int zeros(String suffix) {
        return switch (suffix.toLowerCase(Locale.ROOT)) {
            case "k" -> 3;
            case "m" -> 6;
            default -> 0;
        };
    }

    /** With a full stop before the decimals, or none; empty where the marks make no sense. */
    private static Optional<String> plain(String digits) {
        var stop = digits.lastIndexOf('.');
        var comma = digits.lastIndexOf(',');
        if (stop >= 0 && comma >= 0) {
            var decimal = stop > comma ? "." : ",";
            var thousands = stop > comma ? "," : ".";
            return grouped(digits.substring(0, Math.max(stop, comma)), thousands)
                    .map(whole -> whole + "." + digits.substring(digits.lastIndexOf(decimal) + 1));
        }
        var mark = comma >= 0 ? "," : ".";
        var parts = digits.split(Pattern.quote(mark), -1).length;
        return parts > 2 ? grouped(digits, mark) : Optional.of(digits.replace(',', '.'));
    }

    private static Optional<String> grouped(String whole, String mark) {
        return whole.matches("[0-9]{1,3}(" + Pattern.quote(mark) + "[0-9]{3})*") || whole.matches("[0-9]+")
                ? Optional.of(whole.replace(mark, ""))
                : Optional.empty();
    }

    private static Optional<BigDecimal> number(String plain) {
        return Decimals.parse(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
    }

    private static BigDecimal tidy(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
