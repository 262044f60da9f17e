package dev.plimsoll.bench;

/**
 * A price that falls by 37 % and takes its own share of the positions below their critical distance, the others not.
 *
 * @param positionsIn of so many positions one is taken
 */
enum Fall {
    /** Small: a service that never fired is slower. */
    REHEARSAL("AAVE", 200, 100),
    CRASH("ETH", 3_000, 10),
    WITH_SLOW_RECEIVERS("BTC", 60_000, 10),
    WITH_DEAD_RECEIVERS("LINK", 20, 10);

    /** What is left of the price. */
    static final double LEFT = 0.63;

    final String asset;
    final int price;
    final int positionsIn;

    Fall(String asset, int price, int positionsIn) {
        this.asset = asset;
        this.price = price;
        this.positionsIn = positionsIn;
    }

    String before() {
        return Integer.toString(price);
    }

    String after() {
        return Double.toString(price * LEFT);
    }

    /** Whether it takes the so many-th position; none is taken by two. */
    boolean takes(int position) {
        return position % positionsIn == ordinal();
    }
}
