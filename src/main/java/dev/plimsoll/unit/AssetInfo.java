package dev.plimsoll.unit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the registry knows of an asset.
 *
 * @param aliases     other symbols that mean the same asset (WETH for ETH)
 * @param decimals    of the token on its first chain; amounts of advice are rounded to them
 * @param group       assets of one correlation group move together in "all together" scenarios
 * @param listings    what a price source calls it, by source name: coinbase → ETH-USD, binance → ETHUSDT in USDT
 * @param tokens      token addresses, lower case, as {@code <chain id>:0x…}
 * @param anchor      what a single-source asset is held against
 * @param bounds      a quote outside is a unit error, never a price
 */
public record AssetInfo(
        Asset asset,
        String name,
        List<String> aliases,
        Volatility volatility,
        Optional<String> group,
        int decimals,
        Map<String, Listing> listings,
        Set<String> tokens,
        Optional<Anchor> anchor,
        PriceRange bounds) {
    public AssetInfo {
        aliases = List.copyOf(aliases);
        listings = Map.copyOf(listings);
        tokens = Set.copyOf(tokens);
    }

    /** How wildly an asset moves; chooses the default alert distances. */
    public enum Volatility {
        STABLE,
        MAJOR,
        ALT,
        AI
    }

    /**
     * Where a source trades or lists the asset.
     *
     * @param id       the source's own word for the pair or the asset
     * @param quotedIn the asset its price is in; empty means US dollars
     */
    public record Listing(String id, Optional<Asset> quotedIn) {}

    /**
     * The asset that a single-source asset should be worth.
     *
     * @param asset empty means one US dollar
     * @param rate  how many anchors one token is worth; 1 for a wrapped asset
     * @param band  further away than this, the quote is not believed
     */
    public record Anchor(Optional<Asset> asset, BigDecimal rate, BasisPoints band) {

        /** A rate of 1 is a promise, and stands; any other grows with interest, and what is written of it grows old. */
        public boolean moves() {
            return rate.compareTo(BigDecimal.ONE) != 0;
        }
    }
}
