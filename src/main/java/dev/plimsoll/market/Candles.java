package dev.plimsoll.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The candles of one crash, by venue and pair. Immutable once read. */
public final class Candles {
    private final Map<String, NavigableMap<Instant, Candle>> byEnd = new HashMap<>();

    private Candles() {}

    /** Reads {@code open_time,venue,pair,open,high,low,close}, packed by gzip, from the class path. */
    public static Candles read(String resource, Duration bar) {
        var candles = new Candles();
        try (var in = new GZIPInputStream(Candles.class.getResourceAsStream(resource));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(line -> candles.add(line.split(","), bar));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
        return candles;
    }

    private void add(String[] cells, Duration bar) {
        var open = Instant.parse(cells[0]);
        var candle = new Candle(
                open, open.plus(bar), new BigDecimal(cells[5]), new BigDecimal(cells[4]), new BigDecimal(cells[6]));
        byEnd.computeIfAbsent(series(cells[1], cells[2]), name -> new TreeMap<>())
                .put(candle.end(), candle);
    }

    private static String series(String venue, String pair) {
        // a perpetual swap is written ETH/USDT:USDT
        return venue + " " + pair.replaceFirst(":.*", "");
    }

    public boolean has(String venue, String pair) {
        return byEnd.containsKey(series(venue, pair));
    }

    /** Every bar, the oldest first. */
    public List<Candle> all(String venue, String pair) {
        return List.copyOf(bars(venue, pair).values());
    }

    /** The newest bar that had ended: its close is the last thing known at {@code now}. */
    public Optional<Candle> ended(String venue, String pair, Instant now) {
        return Optional.ofNullable(bars(venue, pair).floorEntry(now)).map(Map.Entry::getValue);
    }

    /** Bars that ended after {@code from} and not after {@code to}, oldest first. */
    public Collection<Candle> between(String venue, String pair, Instant from, Instant to) {
        return List.copyOf(bars(venue, pair).subMap(from, false, to, true).values());
    }

    private NavigableMap<Instant, Candle> bars(String venue, String pair) {
        var bars = byEnd.get(series(venue, pair));
        if (bars == null) {
            throw new IllegalArgumentException("no candles of " + pair + " from " + venue);
        }
        return bars;
    }
}
