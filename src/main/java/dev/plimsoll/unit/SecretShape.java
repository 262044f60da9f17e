package dev.plimsoll.unit;

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

    private SecretShape() {}

    /** Anywhere in the text. */
    public static boolean matches(String text) {
        return PRIVATE_KEY.matcher(text).find() || SeedWords.areIn(text);
    }
}
