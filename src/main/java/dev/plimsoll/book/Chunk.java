package dev.plimsoll.book;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some slots as columns: the first two legs of each side at a place known from the slot, further ones in compressed rows,
 * its band, and when it is due. A slot takes 68 bytes, and 12 for each further leg.
 *
 * <p>A slot without legs is selected by time alone. Further legs that were replaced stay behind as garbage until they are
 * a quarter of all.
 */
final class Chunk {
    static final int SLOTS = 1 << 14;

    private static final int PAIR = 2;
    private static final int PAIRS = 2 * PAIR;
    private static final int GROWTH = SLOTS / 16;
    private static final int BYTES_A_LEG = Integer.BYTES + Double.BYTES;
    private static final int BYTES_A_SLOT = 2 * Float.BYTES + 2 * Integer.BYTES + 2 * Short.BYTES + PAIRS * BYTES_A_LEG;

    /** Two of collateral, then two of debt; who has fewer has nothing of a factor instead. */
    private final int[] factor = new int[PAIRS * SLOTS];

    private final double[] amount = new double[PAIRS * SLOTS];
    private final int[] start = new int[SLOTS];
    private final short[] collateral = new short[SLOTS];
    private final short[] debt = new short[SLOTS];
    private final float[] from = new float[SLOTS];
    private final float[] to = new float[SLOTS];
    private final int[] due = new int[SLOTS];
    private int[] furtherFactor = new int[0];
    private double[] furtherAmount = new double[0];
    private int further;
    private int garbage;
    private int slots;

    /** Replaces the legs of a slot, which is selected until it is settled. */
    void put(int slot, Legs legs) {
        clear(slot);
        reserve(beyondPair(legs.collateral()) + beyondPair(legs.size() - legs.collateral()));
        start[slot] = further;
        collateral[slot] = (short) legs.collateral();
        debt[slot] = (short) (legs.size() - legs.collateral());
        putSide(PAIRS * slot, legs, 0, legs.collateral());
        putSide(PAIRS * slot + PAIR, legs, legs.collateral(), legs.size());
        slots = Math.max(slots, slot + 1);
        settle(slot, Float.NaN, Float.NaN, 0);
    }

    private void putSide(int pair, Legs legs, int leg, int end) {
        for (var at = 0; at < PAIR; at++) {
            factor[pair + at] = leg < end ? legs.factors()[Math.min(leg + at, end - 1)] : 0;
            amount[pair + at] = leg + at < end ? legs.amounts()[leg + at] : 0;
        }
        var more = beyondPair(end - leg);
        System.arraycopy(legs.factors(), end - more, furtherFactor, further, more);
        System.arraycopy(legs.amounts(), end - more, furtherAmount, further, more);
        further += more;
    }

    /** Empties a slot, which is never selected from then on. */
    void clear(int slot) {
        garbage += further(slot);
        collateral[slot] = 0;
        debt[slot] = 0;
        Arrays.fill(factor, PAIRS * slot, PAIRS * (slot + 1), 0);
        Arrays.fill(amount, PAIRS * slot, PAIRS * (slot + 1), 0);
        settle(slot, 0, Float.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * @param from the lowest health factor at which the slot is not selected; not a number selects always
     * @param to   the highest
     * @param due  from this second on it is selected
     */
    void settle(int slot, float from, float to, int due) {
        this.from[slot] = from <= 0 ? -Float.MAX_VALUE : from; // equity may be gone, a health factor of 0 all the same
        this.to[slot] = collateral[slot] + debt[slot] == 0 ? Math.min(to, Float.MAX_VALUE) : to; // ∞ × 0 is no number
        this.due[slot] = due;
    }

    int due(int slot) {
        return due[slot];
    }

    /** Selected from now on, until it is settled. */
    void expire(int slot) {
        due[slot] = Integer.MIN_VALUE;
    }

    /** Whether all collateral or all debt of the slot has no price at all. */
    boolean isUnpriced(int slot, FactorPrices prices) {
        var pair = PAIRS * slot;
        return isUnpriced(pair, collateral[slot], start[slot], prices)
                || isUnpriced(pair + PAIR, debt[slot], furtherDebt(slot), prices);
    }

    private boolean isUnpriced(int pair, int size, int row, FactorPrices prices) {
        return size > 0
                && IntStream.range(0, size)
                        .map(leg -> leg < PAIR ? factor[pair + leg] : furtherFactor[row + leg - PAIR])
                        .allMatch(prices::isAnything);
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
        var factor = this.factor; // in locals, or the calls below would have them read again for each slot
        var amount = this.amount;
        var collateral = this.collateral;
        var debt = this.debt;
        var from = this.from;
        var to = this.to;
        var due = this.due;
        var end = slots;
        for (var slot = 0; slot < end; slot++) {
            var held = worth(factor, amount, PAIRS * slot, points);
            var owed = worth(factor, amount, PAIRS * slot + PAIR, points);
            if (collateral[slot] > PAIR || debt[slot] > PAIR) {
                held += furtherWorth(start[slot], collateral[slot], points);
                owed += furtherWorth(furtherDebt(slot), debt[slot], points);
            }
            if (!(held >= from[slot] * owed && held <= to[slot] * owed && now < due[slot])) {
                lookAgain(slot, prices, now, base, selected);
            }
        }
    }

    /** Of both legs of a pair: no branch, and no bound that is not known before the loop. */
    private static double worth(int[] factor, double[] amount, int pair, double[] prices) {
        return amount[pair] * prices[factor[pair]] + amount[pair + 1] * prices[factor[pair + 1]];
    }

    private void lookAgain(int slot, FactorPrices prices, int now, int base, Slots selected) {
        if (!isWithin(slot, prices) || now >= due[slot]) {
            selected.add(base + slot);
        }
    }

    /** Whatever the time. With each price at its own end: never a narrower range than the exact one. */
    boolean isWithin(int slot, FactorPrices prices) {
        return held(slot, prices.low()) >= from[slot] * owed(slot, prices.high())
                && held(slot, prices.high()) <= to[slot] * owed(slot, prices.low());
    }

    /** At its worst, for an order of urgency; not a number where a price is not known at all. */
    float healthFactor(int slot, FactorPrices prices) {
        var worst = held(slot, prices.low()) / owed(slot, prices.high());
        return worst == 0 ? Float.NaN : (float) worst;
    }

    private double held(int slot, double[] prices) {
        return worth(PAIRS * slot, collateral[slot], prices) + furtherWorth(start[slot], collateral[slot], prices);
    }

    private double owed(int slot, double[] prices) {
        return worth(PAIRS * slot + PAIR, debt[slot], prices) + furtherWorth(furtherDebt(slot), debt[slot], prices);
    }

    /** Of the legs there are: nothing of what has no highest price would be no number. */
    private double worth(int pair, int size, double[] prices) {
        var first = size > 0 ? amount[pair] * prices[factor[pair]] : 0;
        return size > 1 ? first + amount[pair + 1] * prices[factor[pair + 1]] : first;
    }

    private double furtherWorth(int row, int size, double[] prices) {
        var sum = 0.0;
        for (var leg = row; leg < row + size - PAIR; leg++) {
            sum += furtherAmount[leg] * prices[furtherFactor[leg]];
        }
        return sum;
    }

    /** Adds to {@code found}, plus {@code base}, every slot with a leg of one of these factors. */
    void standing(boolean[] factors, int base, Slots found) {
        for (var slot = 0; slot < slots; slot++) {
            var pair = PAIRS * slot;
            if (isAny(pair, collateral[slot], start[slot], factors)
                    || isAny(pair + PAIR, debt[slot], furtherDebt(slot), factors)) {
                found.add(base + slot);
            }
        }
    }

    private boolean isAny(int pair, int size, int row, boolean[] factors) {
        for (var leg = 0; leg < size; leg++) {
            if (factors[leg < PAIR ? factor[pair + leg] : furtherFactor[row + leg - PAIR]]) {
                return true;
            }
        }
        return false;
    }

    long bytes() {
        return (long) SLOTS * BYTES_A_SLOT + (long) furtherFactor.length * BYTES_A_LEG;
    }

    private int further(int slot) {
        return beyondPair(collateral[slot]) + beyondPair(debt[slot]);
    }

    private int furtherDebt(int slot) {
        return start[slot] + beyondPair(collateral[slot]);
    }

    private static int beyondPair(int legs) {
        return Math.max(0, legs - PAIR);
    }

    private void reserve(int more) {
        if (further + more <= furtherFactor.length) {
            return;
        }
        if (garbage > further / 4) {
            compact();
        }
        var needed = further + more - furtherFactor.length;
        if (needed > 0) {
            var length = furtherFactor.length + Math.max(needed, GROWTH);
            furtherFactor = Arrays.copyOf(furtherFactor, length);
            furtherAmount = Arrays.copyOf(furtherAmount, length);
        }
    }

    private void compact() {
        var factors = new int[furtherFactor.length];
        var amounts = new double[furtherAmount.length];
        var moved = 0;
        for (var slot = 0; slot < slots; slot++) {
            var size = further(slot);
            System.arraycopy(furtherFactor, start[slot], factors, moved, size);
            System.arraycopy(furtherAmount, start[slot], amounts, moved, size);
            start[slot] = moved;
            moved += size;
        }
        furtherFactor = factors;
        furtherAmount = amounts;
        further = moved;
        garbage = 0;
    }
}
