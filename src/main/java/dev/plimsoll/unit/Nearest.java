package dev.plimsoll.unit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word somebody probably meant. */
public final class Nearest {
    private static final int LONGEST_LOOKED_AT = 60;

    private Nearest() {}

    /** The known word with the fewest edits, if those are no more than half its letters. */
    public static Optional<String> to(String written, Collection<String> known) {
        if (written.length() > LONGEST_LOOKED_AT) {
            return Optional.empty();
        }
        return known.stream()
                .filter(word -> edits(fold(written), fold(word)) * 2 <= word.length())
                .min(Comparator.comparingInt(word -> edits(fold(written), fold(word))));
    }

    private static String fold(String word) {
        return word.replaceAll("[_\\- ]", "").toLowerCase(Locale.ROOT);
    }

    /** Letters to insert, delete or replace (Levenshtein), by the rows of its table. */
    private static int edits(String a, String b) {
        var above = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
