package dev.plimsoll.delivery.telegram;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Addresses where others read along: as much of them as tells them apart, and too little to look up whose they are. So too what
 * is longer, for a transaction leads to its sender, and what was cut.
 */
public final class ShortAddresses {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{16,}");
    private static final int HEAD = 6;
    private static final int TAIL = 4;

    private ShortAddresses() {}

    /** The words with every address in them shortened: {@code 0xd8dA…6045}. */
    public static String in(String words) {
        return ADDRESS.matcher(words).replaceAll(ShortAddresses::shortened);
    }

    private static String shortened(MatchResult address) {
        var whole = address.group();
        return whole.substring(0, HEAD) + "…" + whole.substring(whole.length() - TAIL);
    }
}
