package dev.plimsoll.unit;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What looks like a private key, a seed phrase or one of our own secrets. It is refused wherever free text may stand, so that
 * nobody loses one to us.
 */
public final class SecretShape {
    /**
     * 32 bytes in hex; Bitcoin's WIF; Solana's 64 bytes in base58; an extended private key; an API key or a webhook secret of
     * ours; an armoured key.
     */
    private static final Pattern PRIVATE_KEY = Pattern.compile("(?<![0-9A-Za-z])(?:(?:0x)?[0-9a-fA-F]{64}"
            + "|[5KL][1-9A-HJ-NP-Za-km-z]{50,51}"
            + "|[1-9A-HJ-NP-Za-km-z]{87,88}"
            + "|plm_[0-9A-Za-z]{36}|whsec_[0-9A-Za-z+/]{24,}={0,2}"
            + "|[xyz]prv[1-9A-HJ-NP-Za-km-z]{80,})(?![0-9A-Za-z])|-----BEGIN [A-Z ]*PRIVATE KEY-----");

    /** BIP-39's lengths. */
    private static final Set<Integer> PHRASE_LENGTHS = Set.of(12, 15, 18, 21, 24);

    /** Frequent words that are on no BIP-39 list: an ordinary sentence of twelve words hardly does without them. */
    private static final Set<String> NEVER_IN_A_PHRASE = Set.of(
            "the", "and", "with", "from", "for", "are", "was", "were", "has", "been", "not", "its", "our", "his",
            "her");

    private SecretShape() {}

    public static boolean matches(String text) {
        return PRIVATE_KEY.matcher(text).find() || isPhrase(text);
    }

    private static boolean isPhrase(String text) {
        var words =
                text.toLowerCase(Locale.ROOT).replaceFirst("^[^\\p{L}]+", "").split("[^\\p{L}]+");
        if (!PHRASE_LENGTHS.contains(words.length)) {
            return false;
        }
        for (var word : words) {
            if (!word.matches("[a-z]{3,8}") || NEVER_IN_A_PHRASE.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
