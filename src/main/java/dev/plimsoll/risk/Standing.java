package dev.plimsoll.risk;

/**
 * Everything of one position in one market, on both of its prices. They are judged apart: a price that one of them lacks
 * never makes the other unknown.
 *
 * @param protocol on the price that the protocol liquidates on
 * @param market   on the median of independent sources, the early warning
 */
public record Standing(Judgement protocol, Judgement market) {

    /** Of a position that is liquidated on the market's price, or of which nothing can be said on either. */
    public static Standing of(Judgement both) {
        return new Standing(both, both);
    }

    /** Both are the same judgement, of the same prices. */
    public boolean isOne() {
        return protocol == market;
    }
}
