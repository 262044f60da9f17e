package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.PriceBar;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What assets cost in the crashes: by their own candles, or by what they are worth as much as. */
public final class CrashPrices {
    private static final Map<String, String> VENUES = Map.of(
            "binance", "Binance spot",
            "okx-perp", "OKX perpetual swaps",
            "bybit-perp", "Bybit perpetual swaps");

    private final Crashes crashes;
    private final AssetRegistry assets;

    public CrashPrices(Crashes crashes, AssetRegistry assets) {
        this.crashes = crashes;
        this.assets = assets;
    }

    /** Where a price comes from, before anything is read. */
    private sealed interface Origin {
        /** Its own candles, or those of an asset that it is worth so many of. */
        record Traded(Asset as, Crash.Listing listing, BigDecimal rate) implements Origin {}

        record Dollar() implements Origin {}
    }

    /** Whether this window says what the asset cost. */
    public boolean has(Crash crash, Asset asset) {
        return origin(crash, asset).isPresent();
    }

    /** The ids of the windows that have all of these. */
    public List<String> having(Collection<Asset> wanted) {
        return crashes.all().stream()
                .filter(crash -> wanted.stream().allMatch(asset -> has(crash, asset)))
                .map(Crash::id)
                .toList();
    }

    /** Of those of these assets that the window has. */
    public PastPrices of(Crash crash, Collection<Asset> wanted) {
        var prices = new HashMap<Asset, PastPrice>();
        wanted.forEach(
                asset -> origin(crash, asset).map(CrashPrices::price).ifPresent(price -> prices.put(asset, price)));
        return new PastPrices(prices).onceAllAreKnown();
    }

    private static PastPrice price(Origin origin) {
        return switch (origin) {
            case Origin.Dollar() -> new PastPrice.Held(BigDecimal.ONE);
            case Origin.Traded traded -> PastPrice.Moved.of(bars(traded));
        };
    }

    private static List<PriceBar> bars(Origin.Traded traded) {
        var bars = traded.listing().bars();
        return traded.rate().compareTo(BigDecimal.ONE) == 0
                ? bars
                : bars.stream().map(bar -> bar.times(traded.rate())).toList();
    }

    /** What stands for the price, in words: "Binance spot ETH/USDT, bars of 5 minutes". */
    public Optional<String> words(Crash crash, Asset asset) {
        return origin(crash, asset).map(origin -> switch (origin) {
            case Origin.Dollar() -> "counted as 1 USD";
            case Origin.Traded traded -> counted(asset, traded) + traded(traded.listing());
        });
    }

    private static String counted(Asset asset, Origin.Traded traded) {
        return traded.as().equals(asset)
                ? ""
                : "counted as %s %s: "
                        .formatted(traded.rate().stripTrailingZeros().toPlainString(), traded.as());
    }

    private static String traded(Crash.Listing listing) {
        var minutes = listing.bar().toMinutes();
        return "%s %s, bars of %d minute%s"
                .formatted(
                        VENUES.getOrDefault(listing.venue(), listing.venue()),
                        listing.pair().replaceFirst(":.*", ""),
                        minutes,
                        minutes == 1 ? "" : "s");
    }

    private Optional<Origin> origin(Crash crash, Asset asset) {
        return traded(crash, asset, BigDecimal.ONE)
                .or(() -> Optional.ofNullable(crashes.standIns().get(asset))
                        .flatMap(as -> traded(crash, as, BigDecimal.ONE)))
                .or(() -> assets.info(asset).anchor().flatMap(anchor -> anchored(crash, anchor)))
                .or(() -> assets.info(asset).volatility() == Volatility.STABLE
                        ? Optional.of(new Origin.Dollar())
                        : Optional.empty());
    }

    private static Optional<Origin> anchored(Crash crash, Anchor anchor) {
        return anchor.asset().flatMap(as -> traded(crash, as, anchor.rate()));
    }

    private static Optional<Origin> traded(Crash crash, Asset as, BigDecimal rate) {
        return Optional.ofNullable(crash.listings().get(as)).map(listing -> new Origin.Traded(as, listing, rate));
    }
}
