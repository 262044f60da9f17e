package dev.plimsoll.market;

import dev.plimsoll.unit.BasisPoints;
import java.math.BigDecimal;
import java.time.Duration;

/** Refuses settings that would make the judgement nonsense, each with a sentence that names it. */
final class Bounds {
    private static final String PREFIX = "plimsoll.market.";

    private Bounds() {}

    static int atLeast(int least, String setting, int value) {
        if (value < least) {
            throw new IllegalArgumentException(PREFIX + setting + " is at least " + least + ", was " + value);
        }
        return value;
    }

    static BigDecimal between(String least, String most, String setting, BigDecimal value) {
        if (value.compareTo(new BigDecimal(least)) < 0 || value.compareTo(new BigDecimal(most)) > 0) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is from " + least + " to " + most + ", was " + value.toPlainString());
        }
        return value;
    }

    static BasisPoints bps(String least, String most, String setting, BigDecimal value) {
        return new BasisPoints(between(least, most, setting, value));
    }

    static Duration between(Duration least, Duration most, String setting, Duration value) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    PREFIX + setting + " is from " + least + " to " + most + ", was " + value);
        }
        return value;
    }
}
