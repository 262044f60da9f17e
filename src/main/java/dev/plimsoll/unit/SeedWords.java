package dev.plimsoll.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that seed phrases are made of, and whether a text holds so many in a row. Their checksum is not asked for: one
 * word that is mistyped, or of a wallet that computes it otherwise, gives the rest away all the same.
 *
 * @see <a href="https://github.com/bitcoin/bips/blob/master/bip-0039/english.txt">BIP-39, the English list</a>
 */
final class SeedWords {
    /** The shortest phrase. */
    private static final int SHORTEST = 12;

    /** One of them may be mistyped. Of two million ordinary words in a row, thirty places have as many. */
    private static final int ENOUGH = 11;

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}]+");
    private static final Set<String> ALL = read();

    private SeedWords() {}

    /** Numbered, in lines, or within a sentence. */
    static boolean areIn(String text) {
        var words = BETWEEN.split(text.toLowerCase(Locale.ROOT).replaceFirst("^[^\\p{L}]+", ""));
        var among = 0;
        for (var i = 0; i < words.length; i++) {
            among += count(words[i]) - (i >= SHORTEST ? count(words[i - SHORTEST]) : 0);
            if (among >= ENOUGH && i >= SHORTEST - 1) {
                return true;
            }
        }
        return false;
    }

    private static int count(String word) {
        return ALL.contains(word) ? 1 : 0;
    }

    private static Set<String> read() {
        try (var list = SeedWords.class.getResourceAsStream("/seed-words.txt");
                var lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of seed words cannot be read", e);
        }
    }
}
