package dev.plimsoll.book;

/**
 * Where the state of a rule on an asset cannot change: while it stays in both.
 *
 * @param plain     for what its levels with a number ask
 * @param ofAllowed for what its automatic levels ask
 */
public record AssetBand(Band plain, Band ofAllowed) {

    /** Selected by every tick. */
    public static final AssetBand NOWHERE = new AssetBand(Band.NOWHERE, Band.NOWHERE);
}
