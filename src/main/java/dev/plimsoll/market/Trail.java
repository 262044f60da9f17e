package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was believed of every asset in the last day and a little more, minute by minute, by the watch's clock. Every
 * replica has one in memory; after a start it is filled from what was recorded.
 *
 * <p>Safe for any number of threads: each minute is one immutable object. Where the clock is set back the same minutes
 * come again, and then hold both.
 */
public final class Trail {

    /** How far back it goes. */
    public static final Duration REACH = Duration.ofHours(25);

    private static final int MINUTES = (int) REACH.toMinutes();

    private static final AtomicReferenceArray<Bucket> EMPTY = new AtomicReferenceArray<>(0);

    private final Map<Asset, AtomicReferenceArray<Bucket>> rings = new ConcurrentHashMap<>();
    private final SourcePlaces sources = new SourcePlaces();
    private final AtomicInteger present = new AtomicInteger();

    /** The middle of a minute's last bounded range, in US dollars; at the beginning of the minute. */
    public record Close(Instant at, BigDecimal mid) {}

    /**
     * One minute of several assets.
     *
     * @param at     the beginning of the minute
     * @param ofEach in the order in which they were asked for
     */
    public record Swings(Instant at, List<Swing> ofEach) {}

    /** Adds what a tick believed. */
    void add(MarketSnapshot market) {
        var minute = minute(market.tick().at());
        present.set(minute);
        market.assets()
                .values()
                .forEach(consensus -> put(
                        consensus.asset(),
                        Bucket.of(minute, consensus.range(), sources.packed(divergences(consensus.voices()))),
                        Trail::then));
    }

    /** Puts what was recorded in its place; of a minute that is known already both count. */
    public void restore(Collection<PriceMinute> recorded) {
        recorded.forEach(past -> {
            var minute = minute(past.at());
            present.accumulateAndGet(minute, (now, then) -> now == 0 ? then : now);
            put(past.asset(), Bucket.of(minute, past.believed(), packed(past)), Trail::before);
        });
    }

    /**
     * How far the price went in a time that ends now: in whole minutes, those at its ends included, and no farther back
     * than {@link #REACH}.
     *
     * @return empty when no minute of it had a bounded price
     */
    public Optional<Extremes> within(Asset asset, Instant now, Duration within) {
        return buckets(asset, minute(now.minus(within)), minute(now))
                .filter(Bucket::isBounded)
                .reduce(Bucket::with)
                .map(Bucket::extremes);
    }

    /** What {@link #within} joins, minute by minute and of several assets side by side; the oldest first. */
    public Stream<Swings> swings(List<Asset> assets, Instant now, Duration within) {
        var rings = assets.stream().map(this::ring).toList();
        var last = minute(now);
        return IntStream.rangeClosed(Math.max(minute(now.minus(within)), last - MINUTES + 1), last)
                .mapToObj(minute -> new Swings(
                        instant(minute),
                        rings.stream().map(ring -> swing(ring, minute)).toList()));
    }

    private static Swing swing(AtomicReferenceArray<Bucket> ring, int minute) {
        return bucket(ring, minute).map(Bucket::swing).orElse(Swing.UNKNOWN);
    }

    /** One for every minute that had a bounded price, the oldest first. */
    public List<Close> closes(Asset asset) {
        var last = present.get();
        return buckets(asset, last - MINUTES + 1, last)
                .filter(Bucket::isBounded)
                .map(bucket -> new Close(instant(bucket.minute()), Bucket.exact(bucket.close())))
                .toList();
    }

    /** The minutes of one asset, the oldest first, from the one of an instant up to, but not with, the one of another. */
    public List<PriceMinute> minutes(Asset asset, Instant from, Instant to) {
        return buckets(asset, minute(from), minute(to) - 1)
                .map(bucket -> new PriceMinute(
                        asset, instant(bucket.minute()), bucket.believed(), sources.named(bucket.divergences())))
                .toList();
    }

    /** The same of every asset. */
    public List<PriceMinute> minutes(Instant from, Instant to) {
        return rings.keySet().stream()
                .flatMap(asset -> minutes(asset, from, to).stream())
                .toList();
    }

    /** Of those that say something of now. */
    private static Map<String, BigDecimal> divergences(List<Voice> voices) {
        return voices.stream()
                .filter(Voice::isFresh)
                .filter(voice -> voice.divergenceBps().isPresent())
                .collect(Collectors.toMap(
                        Voice::source, voice -> voice.divergenceBps().orElseThrow()));
    }

    private int[] packed(PriceMinute past) {
        return sources.packed(past.divergenceBps().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> BigDecimal.valueOf(entry.getValue()))));
    }

    private interface Joining {
        Bucket join(Bucket known, Bucket other);
    }

    private void put(Asset asset, Bucket bucket, Joining joining) {
        rings.computeIfAbsent(asset, one -> new AtomicReferenceArray<>(MINUTES))
                .accumulateAndGet(
                        Math.floorMod(bucket.minute(), MINUTES),
                        bucket,
                        (known, other) -> known == null ? other : joining.join(known, other));
    }

    private static Bucket then(Bucket earlier, Bucket later) {
        return earlier.minute() == later.minute() ? earlier.with(later) : later;
    }

    private static Bucket before(Bucket known, Bucket earlier) {
        return earlier.minute() > known.minute()
                ? earlier
                : earlier.minute() == known.minute() ? earlier.with(known) : known;
    }

    private Stream<Bucket> buckets(Asset asset, int first, int last) {
        var ring = ring(asset);
        return IntStream.rangeClosed(Math.max(first, last - MINUTES + 1), last)
                .mapToObj(minute -> bucket(ring, minute))
                .flatMap(Optional::stream);
    }

    private AtomicReferenceArray<Bucket> ring(Asset asset) {
        return Optional.ofNullable(rings.get(asset)).orElse(EMPTY);
    }

    private static Optional<Bucket> bucket(AtomicReferenceArray<Bucket> ring, int minute) {
        return ring.length() == 0
                ? Optional.empty()
                : Optional.ofNullable(ring.get(Math.floorMod(minute, MINUTES)))
                        .filter(bucket -> bucket.minute() == minute);
    }

    private static int minute(Instant at) {
        return (int) Math.floorDiv(at.getEpochSecond(), 60);
    }

    private static Instant instant(int minute) {
        return Instant.ofEpochSecond(minute * 60L);
    }
}
