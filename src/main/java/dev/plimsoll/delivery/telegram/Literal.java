package dev.plimsoll.delivery.telegram;

/** Text as Telegram keeps it, so that what we count and cut is what people see. */
final class Literal {
    private static final char REPLACEMENT = '\uFFFD';

    private Literal() {}

    /**
     * Without what Telegram refuses or drops: halves of surrogate pairs, control characters but line feeds, and the
     * characters that turn the direction of what follows them.
     */
    static String of(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            if (Character.getType(letter) == Character.SURROGATE) {
                kept.append(REPLACEMENT);
            } else if (letter == '\t') {
                kept.append(' ');
            } else if (!isDropped(letter)) {
                kept.appendCodePoint(letter);
            }
        });
        return kept.toString();
    }

    private static boolean isDropped(int letter) {
        return letter != '\n' && Character.isISOControl(letter) || letter >= 0x2028 && letter <= 0x202E;
    }

    /** At most so many UTF-16 units, never half a character. */
    static String cut(String text, int units) {
        if (text.length() <= units) {
            return text;
        }
        var end = Math.max(0, units);
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
