package dev.plimsoll.book;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** The slots of all positions, in chunks: it grows by a chunk, never by copying what is there. */
final class Columns {

    /** From this many chunks on (two million slots) several threads share a scan. */
    private static final int SHARED_FROM = 128;

    /** Seconds are counted from here, which lets them reach 68 years either way. */
    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Chunk> chunks = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int slots;

    /** A slot that nobody uses, without legs; never selected until some are put. */
    int take() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        if (slots == chunks.size() * Chunk.SLOTS) {
            chunks.add(new Chunk());
        }
        chunk(slots).clear(slots % Chunk.SLOTS);
        return slots++;
    }

    void release(int slot) {
        chunk(slot).clear(slot % Chunk.SLOTS);
        free.push(slot);
    }

    /** Replaces the legs of a slot, which is selected until it is settled. */
    void put(int slot, Legs legs) {
        chunk(slot).put(slot % Chunk.SLOTS, legs);
    }

    /** Not selected while its health factor stays within the band, until the band is due. */
    void settle(int slot, Band band) {
        chunk(slot).settle(slot % Chunk.SLOTS, upwards(band.from()), downwards(band.to()), second(band.due()));
    }

    /** Selected from now on, until it is settled. */
    void expire(int slot) {
        chunk(slot).expire(slot % Chunk.SLOTS);
    }

    boolean isDue(int slot, Instant now) {
        return second(now) >= chunk(slot).due(slot % Chunk.SLOTS);
    }

    /** Whether a whole side of the slot has no price: its collateral, or its debt. */
    boolean isUnpriced(int slot, FactorPrices prices) {
        return chunk(slot).isUnpriced(slot % Chunk.SLOTS, prices);
    }

    /** Every slot that is due or may have left its band. */
    Slots scan(FactorPrices prices, Instant now) {
        var second = second(now);
        var found = IntStream.range(0, chunks.size()).mapToObj(chunk -> scan(chunk, prices, second));
        var all = new Slots();
        (chunks.size() < SHARED_FROM ? found : found.parallel()).toList().forEach(all::addAll);
        return all;
    }

    private Slots scan(int chunk, FactorPrices prices, int now) {
        var found = new Slots();
        chunks.get(chunk).scan(prices, now, chunk * Chunk.SLOTS, found);
        return found;
    }

    /**
     * The same: first what prices moved, then what is only due; each by health factor, what has none last. A crowd that was
     * told already, and has a repeat or a second warning due, keeps nobody waiting who was not.
     */
    Slots mostUrgentFirst(Slots some, FactorPrices prices) {
        var keys = new long[some.size()];
        for (var i = 0; i < keys.length; i++) {
            var slot = some.get(i);
            keys[i] = key(chunk(slot), slot, prices);
        }
        Arrays.parallelSort(keys);
        var sorted = new Slots();
        for (var key : keys) {
            sorted.add((int) key);
        }
        return sorted;
    }

    /** Every slot with a leg of one of these factors. */
    Slots standing(boolean[] factors) {
        var found = new Slots();
        for (var chunk = 0; chunk < chunks.size(); chunk++) {
            chunks.get(chunk).standing(factors, chunk * Chunk.SLOTS, found);
        }
        return found;
    }

    /** In the order of a health factor, which is never negative: bits of such floats are ordered as they are. */
    private static long key(Chunk chunk, int slot, FactorPrices prices) {
        var healthFactor = chunk.healthFactor(slot % Chunk.SLOTS, prices);
        var key = (long) Float.floatToIntBits(Math.max(0, healthFactor)) << Integer.SIZE | slot;
        return chunk.isWithin(slot % Chunk.SLOTS, prices) ? key : Long.MIN_VALUE | key;
    }

    /** What the columns take in memory, their room to grow included. */
    long bytes() {
        return chunks.stream().mapToLong(Chunk::bytes).sum();
    }

    private Chunk chunk(int slot) {
        return chunks.get(slot / Chunk.SLOTS);
    }

    private static float upwards(double value) {
        var nearest = (float) value;
        return nearest < value ? Math.nextUp(nearest) : nearest;
    }

    private static float downwards(double value) {
        var nearest = (float) value;
        return nearest > value ? Math.nextDown(nearest) : nearest;
    }

    /** Rounded down, so that a slot is due too early rather than too late. The last one is for what is never due. */
    private static int second(Instant instant) {
        if (instant.equals(Instant.MAX)) {
            return Integer.MAX_VALUE;
        }
        var second = instant.getEpochSecond() - ZERO.getEpochSecond();
        return (int) Math.clamp(second, Integer.MIN_VALUE, Integer.MAX_VALUE - 1);
    }
}
