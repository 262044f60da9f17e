package dev.plimsoll.delivery.channel;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Makes words fit where only so much is taken. Never through the middle of a character; what is missing is shown by an ellipsis. */
final class Cut {
    private static final String ELLIPSIS = "…";

    private Cut() {}

    /** @param most how many Unicode code points, at least one */
    static String toCharacters(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + ELLIPSIS;
    }

    /** @param most how many bytes of UTF-8, at least three */
    static String toBytes(String text, int most) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
            return text;
        }
        var room = most - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
        var end = 0;
        for (var bytes = 0; end < text.length(); end += Character.charCount(text.codePointAt(end))) {
            bytes += length(text.codePointAt(end));
            if (bytes > room) {
                break;
            }
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    /**
     * The text escaped, and no longer than this when it is.
     *
     * @param most   how many UTF-16 code units: where a service does not say what it counts, none counts more
     * @param escape what stands for a code point; never cut in two
     */
    static String escaped(String text, int most, IntFunction<String> escape) {
        var whole = new StringBuilder();
        var end = 0;
        for (var at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            whole.append(escape.apply(text.codePointAt(at)));
            if (whole.length() <= most - ELLIPSIS.length()) {
                end = whole.length();
            }
        }
        return whole.length() <= most ? whole.toString() : whole.substring(0, end) + ELLIPSIS;
    }

    private static int length(int codePoint) {
        return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
    }
}
