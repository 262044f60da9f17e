package dev.plimsoll.risk;

import dev.plimsoll.market.Trail;
import java.util.Optional;

/**
 * Everything of one position in one market, on both of its prices. They are judged apart: a price that one of them lacks
 * never makes the other unknown.
 *
 * @param protocol on the price that the protocol liquidates on
 * @param market   on the median of independent sources, the early warning
 * @param before   the prices of the last day up to this market, for what is asked of the time before
 */
public record Standing(Judgement protocol, Judgement market, Optional<Trail> before) {

    /** Nothing is known of the time before. */
    public Standing(Judgement protocol, Judgement market) {
        this(protocol, market, Optional.empty());
    }

    /** Of a position that is liquidated on the market's price, or of which nothing can be said on either. */
    public static Standing of(Judgement both) {
        return new Standing(both, both);
    }

    /** The same, with the prices of the last day up to this market. */
    public Standing after(Trail day) {
        return new Standing(protocol, market, Optional.of(day));
    }

    /** Both are the same judgement, of the same prices. */
    public boolean isOne() {
        return protocol == market;
    }
}
