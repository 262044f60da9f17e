package dev.plimsoll.unit;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers from outside, bounded before any arithmetic: at most 60 digits, exponent within ±40. */
public final class Decimals {
    private static final int MAX_CHARACTERS = 80;
    private static final int MAX_DIGITS = 60;
    private static final int MAX_EXPONENT = 40;

    private Decimals() {}

    /** The number, or empty when the text is no plain decimal (NaN, Infinity, hexadecimal, empty) or out of bounds. */
    public static Optional<BigDecimal> parse(String text) {
        if (text.length() > MAX_CHARACTERS || !text.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
            return Optional.empty();
        }
        return bounded(new BigDecimal(text));
    }

    /** The same number, or empty when it has more digits or a larger exponent than we compute with. */
    public static Optional<BigDecimal> bounded(BigDecimal number) {
        var exponent = (long) number.precision() - number.scale() - 1;
        var fits = number.precision() <= MAX_DIGITS
                && number.scale() <= MAX_DIGITS + MAX_EXPONENT
                && number.scale() >= -MAX_EXPONENT
                && (number.signum() == 0 || Math.abs(exponent) <= MAX_EXPONENT);
        return fits ? Optional.of(number) : Optional.empty();
    }

    /** Written out without exponent and without trailing zeros: {@code "1.2297"}. */
    public static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
