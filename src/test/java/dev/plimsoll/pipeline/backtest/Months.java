package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.market.PriceBar;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Prices that nobody ever paid: they wander around a middle, with quiet hours, wild ones and minutes in which sources disagree. */
final class Months {
    static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

    private final Random dice;
    private final int minutes;
    private final Duration bar;

    Months(long seed, Duration length, Duration bar) {
        this.dice = new Random(seed);
        this.minutes = (int) length.dividedBy(bar);
        this.bar = bar;
    }

    /** One asset, around this price. */
    PastPrice around(double middle, double perBar) {
        var bars = new ArrayList<PriceBar>();
        var price = middle;
        for (var i = 0; i < minutes; i++) {
            var open = price;
            var wild = i / 600 % 5 == 4 ? 4 : 1;
            price *= 1 + wild * perBar * dice.nextGaussian() + 0.0005 * (middle / price - 1);
            bars.add(bar(i, open, price, perBar));
        }
        return PastPrice.Moved.of(bars);
    }

    private PriceBar bar(int number, double open, double close, double perBar) {
        var from = START.getEpochSecond() + number * bar.toSeconds();
        var low = digits(Math.min(open, close) * (1 - perBar * dice.nextDouble()));
        var high = digits(Math.max(open, close) * (1 + perBar * dice.nextDouble()));
        var apart = dice.nextInt(200) == 0 ? 1.004 : 1;
        return new PriceBar(
                from, from + bar.toSeconds(), low, digits(low * apart), high, digits(high * apart), digits(close));
    }

    private static double digits(double price) {
        return Math.round(price * 1e4) / 1e4;
    }

    static PastPrices prices(Map<String, PastPrice> bySymbol) {
        var prices = new HashMap<Asset, PastPrice>();
        bySymbol.forEach((symbol, price) -> prices.put(new Asset(symbol), price));
        return new PastPrices(prices);
    }

    static List<PriceBar> flat(double... closes) {
        var bars = new ArrayList<PriceBar>();
        for (var i = 0; i < closes.length; i++) {
            var from = START.getEpochSecond() + 60L * i;
            bars.add(new PriceBar(from, from + 60, closes[i], closes[i], closes[i], closes[i], closes[i]));
        }
        return bars;
    }
}
