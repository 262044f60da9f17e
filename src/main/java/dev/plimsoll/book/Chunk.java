package dev.plimsoll.book;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some slots as columns: the legs of each in compressed rows, its band, and when it is due. At four legs a slot takes 68
 * bytes, and at most 6 more of room to grow.
 *
 * <p>A slot without legs is selected by time alone. Legs that were replaced stay behind as garbage until they are a
 * quarter of all.
 */
final class Chunk {
    static final int SLOTS = 1 << 14;

    private static final int GROWTH = SLOTS / 2;
    private static final int BYTES_A_SLOT = 2 * Float.BYTES + 2 * Integer.BYTES + 2 * Short.BYTES;
    private static final int BYTES_A_LEG = Integer.BYTES + Double.BYTES;

    private final int[] start = new int[SLOTS];
    private final short[] collateral = new short[SLOTS];
    private final short[] debt = new short[SLOTS];
    private final float[] from = new float[SLOTS];
    private final float[] to = new float[SLOTS];
    private final int[] due = new int[SLOTS];
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
        settle(slot, Float.NaN, Float.NaN, 0);
    }

    /** Empties a slot, which is never selected from then on. */
    void clear(int slot) {
        garbage += collateral[slot] + debt[slot];
        collateral[slot] = 0;
        debt[slot] = 0;
        settle(slot, 0, Float.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * @param from the lowest health factor at which the slot is not selected; not a number selects always
     * @param to   the highest
     * @param due  from this second on it is selected
     */
    void settle(int slot, float from, float to, int due) {
        this.from[slot] = from;
        this.to[slot] = collateral[slot] + debt[slot] == 0 ? Math.min(to, Float.MAX_VALUE) : to; // ∞ × 0 is no number
        this.due[slot] = due;
    }

    int due(int slot) {
        return due[slot];
    }

    /** Whether all collateral or all debt of the slot has no price at all. */
    boolean isUnpriced(int slot, FactorPrices prices) {
        var weighted = start[slot] + collateral[slot];
        return isUnpriced(start[slot], weighted, prices) || isUnpriced(weighted, weighted + debt[slot], prices);
    }

    private boolean isUnpriced(int leg, int end, FactorPrices prices) {
        return leg < end && IntStream.range(leg, end).allMatch(at -> prices.isAnything(factor[at]));
    }

    /**
     * Adds to {@code selected} every slot that is due or whose health factor may lie outside its band, or is not a number.
     *
     * <p>Factors that are a range are no number here: who stands on one is looked at again with both of its ends.
     *
     * @param base added to each slot number
     */
    void scan(FactorPrices prices, int now, int base, Slots selected) {
        var points = prices.points();
        var factor = this.factor; // in locals, or the call below would have them read again for each leg
        var amount = this.amount;
        var start = this.start;
        var collateral = this.collateral;
        var debt = this.debt;
        var from = this.from;
        var to = this.to;
        var due = this.due;
        for (var slot = 0; slot < slots; slot++) {
            var weighted = start[slot] + collateral[slot];
            var collateralValue = worth(factor, amount, start[slot], weighted, points);
            var debtValue = worth(factor, amount, weighted, weighted + debt[slot], points);
            var holds = collateralValue >= from[slot] * debtValue && collateralValue <= to[slot] * debtValue;
            if (!(holds && now < due[slot])) {
                lookAgain(slot, prices, now, base, selected);
            }
        }
    }

    private void lookAgain(int slot, FactorPrices prices, int now, int base, Slots selected) {
        if (!holds(slot, prices, now)) {
            selected.add(base + slot);
        }
    }

    /** With each price at its own end: never a narrower range than the exact one. */
    private boolean holds(int slot, FactorPrices prices, int now) {
        var weighted = start[slot] + collateral[slot];
        var end = weighted + debt[slot];
        var low = prices.low();
        var high = prices.high();
        return worth(factor, amount, start[slot], weighted, low)
                        >= from[slot] * worth(factor, amount, weighted, end, high)
                && worth(factor, amount, start[slot], weighted, high)
                        <= to[slot] * worth(factor, amount, weighted, end, low)
                && now < due[slot];
    }

    /** Most sides have one leg or two: they are spared the loop. */
    private static double worth(int[] factor, double[] amount, int leg, int end, double[] prices) {
        var sum = leg < end ? amount[leg] * prices[factor[leg]] : 0;
        if (leg + 1 < end) {
            sum += amount[leg + 1] * prices[factor[leg + 1]];
            for (var at = leg + 2; at < end; at++) {
                sum += amount[at] * prices[factor[at]];
            }
        }
        return sum;
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
