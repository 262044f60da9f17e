package dev.plimsoll.unit;

import java.util.regex.Pattern;

/**
 * What is held or owed, by its symbol in the asset registry: {@code ETH}, {@code wstETH}, {@code USDC}.
 *
 * <p>An alias or a token address is resolved to this symbol by {@link AssetRegistry} before it gets here.
 */
public record Asset(String symbol) implements Comparable<Asset> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.]{1,20}");

    public Asset {
        if (!FORM.matcher(symbol).matches()) {
            throw new IllegalArgumentException(
                    "an asset symbol has 1 to 20 letters and digits, was " + symbol.length() + " characters");
        }
    }

    @Override
    public int compareTo(Asset other) {
        return symbol.compareTo(other.symbol);
    }

    @Override
    public String toString() {
        return symbol;
    }
}
