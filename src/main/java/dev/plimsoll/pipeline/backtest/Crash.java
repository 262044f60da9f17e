package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.Candles;
import dev.plimsoll.market.PriceBar;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A crash whose prices come with Plimsoll.
 *
 * @param id    the day by which it is called: {@code 2021-05-19}
 * @param title "the crash of 19 May 2021"
 * @param note  what else happened to prices then that these do not show, as a sentence
 */
public record Crash(String id, String title, Optional<String> note, Map<Asset, Listing> listings) {
    private static final Duration LONGEST = Duration.ofDays(4);

    public Crash {
        listings = Map.copyOf(listings);
    }

    /**
     * Whose trades are the price of an asset.
     *
     * @param candles where they are on the class path
     * @param bar     how long each of them is
     */
    public record Listing(String candles, Duration bar, String venue, String pair) {

        /** USDT counts as one US dollar. */
        List<PriceBar> bars() {
            return Candles.read(candles, bar).all(venue, pair).stream()
                    .map(candle -> PriceBar.of(candle, BigDecimal.ONE))
                    .toList();
        }
    }

    /** How many bars of one asset there are at most. */
    public long bars() {
        var finest = listings.values().stream().map(Listing::bar).min(Duration::compareTo);
        return finest.map(bar -> LONGEST.dividedBy(bar)).orElse(0L);
    }
}
