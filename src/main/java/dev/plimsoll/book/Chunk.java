package dev.plimsoll.book;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some slots as columns: the legs of each in compressed rows, its band, and when it is due. At four legs a slot takes 80
 * bytes, and at most 6 more of room to grow.
 *
 * <p>A slot without legs is selected by time alone. Legs that were replaced stay behind as garbage until they are a
 * quarter of all.
 */
final class Chunk {
    static final int SLOTS = 1 << 14;

    private static final int GROWTH = SLOTS / 2;
    private static final int BYTES_A_SLOT = 3 * Double.BYTES + Integer.BYTES + 2 * Short.BYTES;
    private static final int BYTES_A_LEG = Integer.BYTES + Double.BYTES;

    private final int[] start = new int[SLOTS];
    private final short[] collateral = new short[SLOTS];
    private final short[] debt = new short[SLOTS];
    private final double[] from = new double[SLOTS];
    private final double[] to = new double[SLOTS];
    private final long[] due = new long[SLOTS];
    private int[] factor = new int[GROWTH];
    private double[] amount = new double[GROWTH];
    private int legs;
    private int garbage;
    private int slots;

    /** Replaces the legs of a slot, which is selected until it is settled. */
    void put(int slot, Legs replacement) {
        clear(slot);
        reserve(replacement.size());
        start[slot] = legs;
        collateral[slot] = (short) replacement.collateral();
        debt[slot] = (short) (replacement.size() - replacement.collateral());
        System.arraycopy(replacement.factors(), 0, factor, legs, replacement.size());
        System.arraycopy(replacement.amounts(), 0, amount, legs, replacement.size());
        legs += replacement.size();
        slots = Math.max(slots, slot + 1);
        settle(slot, Double.NaN, Double.NaN, Long.MIN_VALUE);
    }

    /** Empties a slot, which is never selected from then on. */
    void clear(int slot) {
        garbage += collateral[slot] + debt[slot];
        collateral[slot] = 0;
        debt[slot] = 0;
        settle(slot, 0, Double.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * @param from     the lowest health factor at which the slot is not selected; not a number selects always
     * @param to       the highest
     * @param dueMilli from this millisecond of the epoch on it is selected
     */
    void settle(int slot, double from, double to, long dueMilli) {
        this.from[slot] = from;
        this.to[slot] = to;
        this.due[slot] = dueMilli;
    }

    long due(int slot) {
        return due[slot];
    }

    /** Whether all collateral or all debt of the slot has no price at all. */
    boolean isUnpriced(int slot, double[] prices) {
        var weighted = start[slot] + collateral[slot];
        return isUnpriced(start[slot], weighted, prices) || isUnpriced(weighted, weighted + debt[slot], prices);
    }

    private boolean isUnpriced(int leg, int end, double[] prices) {
        return leg < end
                && IntStream.range(leg, end)
                        .map(at -> factor[at] << 1)
                        .allMatch(price -> prices[price] == 0 && prices[price + 1] == Double.POSITIVE_INFINITY);
    }

    /**
     * Adds to {@code selected} every slot that is due or whose health factor may lie outside its band, or is not a number.
     *
     * @param prices low and high of every factor, one after the other
     * @param base   added to each slot number
     */
    void scan(double[] prices, long nowMilli, int base, Slots selected) {
        for (var slot = 0; slot < slots; slot++) {
            var leg = start[slot];
            var weighted = leg + collateral[slot];
            var end = weighted + debt[slot];
            var collateralLow = 0.0;
            var collateralHigh = 0.0;
            for (; leg < weighted; leg++) {
                var price = factor[leg] << 1;
                collateralLow += amount[leg] * prices[price];
                collateralHigh += amount[leg] * prices[price + 1];
            }
            var debtLow = 0.0;
            var debtHigh = 0.0;
            for (; leg < end; leg++) {
                var price = factor[leg] << 1;
                debtLow += amount[leg] * prices[price];
                debtHigh += amount[leg] * prices[price + 1];
            }
            var inside = collateralLow >= from[slot] * debtHigh & collateralHigh <= to[slot] * debtLow;
            selected.addUnless(inside & nowMilli < due[slot], base + slot);
        }
    }

    long bytes() {
        return (long) SLOTS * BYTES_A_SLOT + (long) factor.length * BYTES_A_LEG;
    }

    private void reserve(int more) {
        if (legs + more <= factor.length) {
            return;
        }
        if (garbage > legs / 4) {
            compact();
        }
        var needed = legs + more - factor.length;
        if (needed > 0) {
            var length = factor.length + Math.max(needed, GROWTH);
            factor = Arrays.copyOf(factor, length);
            amount = Arrays.copyOf(amount, length);
        }
    }

    private void compact() {
        var factors = new int[factor.length];
        var amounts = new double[amount.length];
        var moved = 0;
        for (var slot = 0; slot < slots; slot++) {
            var size = collateral[slot] + debt[slot];
            System.arraycopy(factor, start[slot], factors, moved, size);
            System.arraycopy(amount, start[slot], amounts, moved, size);
            start[slot] = moved;
            moved += size;
        }
        factor = factors;
        amount = amounts;
        legs = moved;
        garbage = 0;
    }
}
