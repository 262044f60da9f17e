package dev.plimsoll.unit;

import java.util.regex.Pattern;

/** What others than its owner may read of a text: wallet addresses only by their ends. */
public final class Discreet {
    private static final Pattern ADDRESS =
            Pattern.compile("(0x[0-9a-fA-F]{2})[0-9a-fA-F]{36,60}([0-9a-fA-F]{2})(?![0-9a-fA-F])");

    private Discreet() {}

    /** {@code loan of 0x1234…ef} has {@code 0x12…ef} in it where a whole address stood. */
    public static String shortened(String text) {
        return ADDRESS.matcher(text).replaceAll("$1…$2");
    }
}
