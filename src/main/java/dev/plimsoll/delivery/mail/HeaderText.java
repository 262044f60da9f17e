package dev.plimsoll.delivery.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words in the header of a mail. Whatever they are, they end no line: what breaks or controls lines is a space there.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2047">RFC 2047, encoded words</a>
 */
final class HeaderText {
    /** So that with the name of the header it stays below 78. */
    private static final int SHORT = 60;

    /** Of one encoded word, which may have 75 characters with its frame of 12, in bytes before base64. */
    private static final int WORD_BYTES = 45;

    private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final Pattern PLAIN = Pattern.compile("[ -~]{0," + SHORT + "}");
    private static final Pattern ATOMS = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+");

    private HeaderText() {}

    /** Where any text may stand, as in {@code Subject}. */
    static String of(String words) {
        var line = line(words);
        return isPlain(line) ? line : encoded(line);
    }

    /** A name before an address, as in {@code From}. */
    static String phrase(String name) {
        var line = line(name);
        if (!isPlain(line)) {
            return encoded(line);
        }
        return ATOMS.matcher(line).matches()
                ? line
                : '"' + line.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** In one line. */
    static String line(String words) {
        return BREAKING.matcher(words).replaceAll(" ").strip();
    }

    /** What looks like an encoded word would be read as one. */
    private static boolean isPlain(String line) {
        return PLAIN.matcher(line).matches() && !line.contains("=?");
    }

    /** In words that hold whole characters each, one a line. */
    private static String encoded(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        line.codePoints().mapToObj(Character::toString).forEach(letter -> {
            if (bytes(word + letter).length > WORD_BYTES) {
                words.add(word.toString());
                word.setLength(0);
            }
            word.append(letter);
        });
        words.add(word.toString());
        return words.stream()
                .map(some -> "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes(some)) + "?=")
                .collect(Collectors.joining("\r\n "));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
