package dev.plimsoll.book;

import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Many positions of four legs, twice: in the book's columns, and in plain arrays beside them. For measuring. */
public final class ColumnsLoad {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final int ASSETS = 21;
    private static final int LEGS = 4;

    private final SplittableRandom random = new SplittableRandom(20261121);
    private final Columns columns = new Columns();
    private final BareScan bare;
    private final double[] prices = new double[ASSETS];
    private final int positions;
    private int ranged;

    /** One in a thousand positions stands at its limit, and is selected by every scan. */
    public ColumnsLoad(int positions) {
        this.positions = positions;
        bare = new BareScan(positions, LEGS);
        Arrays.setAll(prices, asset -> 1 + random.nextDouble() * 1000);
        for (var position = 0; position < positions; position++) {
            add(position % 1000 == 0);
        }
    }

    private void add(boolean atItsLimit) {
        var factors = new int[LEGS];
        var amounts = new double[LEGS];
        for (var leg = 0; leg < LEGS; leg++) {
            factors[leg] = random.nextInt(ASSETS);
            amounts[leg] = random.nextDouble() * 100;
        }
        var legs = new Legs(factors, amounts, LEGS / 2);
        var factor = worth(legs, 0, LEGS / 2) / worth(legs, LEGS / 2, LEGS);
        var slot = columns.take();
        columns.put(slot, legs);
        columns.settle(slot, atItsLimit ? Band.NOWHERE : new Band(factor * 0.8, factor * 1.2, Instant.MAX));
        bare.add(legs, atItsLimit ? Double.POSITIVE_INFINITY : factor * 0.8);
    }

    private double worth(Legs legs, int from, int to) {
        var sum = 0.0;
        for (var leg = from; leg < to; leg++) {
            sum += legs.amounts()[leg] * prices[legs.factors()[leg]];
        }
        return sum;
    }

    /** The prices of the next tick, each up to 1 % away from where it began. */
    private double[] moved() {
        return Arrays.stream(prices)
                .map(price -> price * (0.99 + random.nextDouble() / 50))
                .toArray();
    }

    /** How many a bare loop finds. */
    public int scanBare() {
        return bare.scan(moved());
    }

    /** How many the columns select, with the prices of another tick. */
    public int scanColumns() {
        var moved = moved();
        var factors = new FactorPrices(ASSETS);
        for (var asset = 0; asset < ASSETS; asset++) {
            factors.set(asset, moved[asset], moved[asset] * (asset < ranged ? 1.001 : 1));
        }
        return columns.scan(factors, NOW).size();
    }

    /** From now on so many of the assets have no single price, but a range. */
    public void disagreeAbout(int assets) {
        ranged = assets;
    }

    public int expected() {
        return (positions + 999) / 1000;
    }

    public double bytesEach() {
        return (double) columns.bytes() / positions;
    }
}
