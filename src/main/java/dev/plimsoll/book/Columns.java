package dev.plimsoll.book;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** The slots of all positions, in chunks: it grows by a chunk, never by copying what is there. */
final class Columns {

    /** From this many chunks on (two million slots) several threads share a scan. */
    private static final int SHARED_FROM = 128;

    private static final Instant FAR_PAST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant FAR_FUTURE = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final List<Chunk> chunks = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int slots;

    /** A slot that nobody uses, without legs. */
    int take() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        if (slots == chunks.size() * Chunk.SLOTS) {
            chunks.add(new Chunk());
        }
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
        chunk(slot).settle(slot % Chunk.SLOTS, band.from(), Math.min(band.to(), Double.MAX_VALUE), milli(band.due()));
    }

    boolean isDue(int slot, Instant now) {
        return milli(now) >= chunk(slot).due(slot % Chunk.SLOTS);
    }

    /** Whether a whole side of the slot has no price: its collateral, or its debt. */
    boolean isUnpriced(int slot, double[] prices) {
        return chunk(slot).isUnpriced(slot % Chunk.SLOTS, prices);
    }

    /**
     * Every slot that is due or may have left its band.
     *
     * @param prices as {@link Factors#prices} gives them
     */
    Slots scan(double[] prices, Instant now) {
        var nowMilli = milli(now);
        var found = IntStream.range(0, chunks.size()).mapToObj(chunk -> scan(chunk, prices, nowMilli));
        var all = new Slots();
        (chunks.size() < SHARED_FROM ? found : found.parallel()).toList().forEach(all::addAll);
        return all;
    }

    private Slots scan(int chunk, double[] prices, long nowMilli) {
        var found = new Slots();
        chunks.get(chunk).scan(prices, nowMilli, chunk * Chunk.SLOTS, found);
        return found;
    }

    /** What the columns take in memory, their room to grow included. */
    long bytes() {
        return chunks.stream().mapToLong(Chunk::bytes).sum();
    }

    private Chunk chunk(int slot) {
        return chunks.get(slot / Chunk.SLOTS);
    }

    /** Rounded down, so that a slot is due too early rather than too late. */
    private static long milli(Instant instant) {
        if (instant.isBefore(FAR_PAST)) {
            return Long.MIN_VALUE;
        }
        return instant.isAfter(FAR_FUTURE) ? Long.MAX_VALUE : instant.toEpochMilli();
    }
}
