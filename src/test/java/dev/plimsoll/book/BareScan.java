package dev.plimsoll.book;

/**
 * What a scan costs at least: plain arrays, one price an asset, two sums and a comparison a position. No holes, no band,
 * no time, nothing that may not be a number.
 */
public final class BareScan {
    private final int[] start;
    private final int[] split;
    private final int[] asset;
    private final double[] amount;
    private final double[] limit;
    private int filled;
    private int legs;

    BareScan(int positions, int legsEach) {
        start = new int[positions + 1];
        split = new int[positions];
        asset = new int[positions * legsEach];
        amount = new double[positions * legsEach];
        limit = new double[positions];
    }

    void add(Legs some, double below) {
        split[filled] = legs + some.collateral();
        limit[filled] = below;
        for (var leg = 0; leg < some.size(); leg++) {
            asset[legs] = some.factors()[leg];
            amount[legs] = some.amounts()[leg];
            legs++;
        }
        start[++filled] = legs;
    }

    /** How many are below their limit. */
    int scan(double[] prices) {
        var below = 0;
        for (var position = 0; position < filled; position++) {
            var leg = start[position];
            var collateral = 0.0;
            for (; leg < split[position]; leg++) {
                collateral += amount[leg] * prices[asset[leg]];
            }
            var debt = 0.0;
            for (; leg < start[position + 1]; leg++) {
                debt += amount[leg] * prices[asset[leg]];
            }
            if (collateral < limit[position] * debt) {
                below++;
            }
        }
        return below;
    }
}
