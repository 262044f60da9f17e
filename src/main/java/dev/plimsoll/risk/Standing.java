package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.unit.Asset;
import java.util.Optional;

/**
 * Everything of one position in one market, on both of its prices. They are judged apart: a price that one of them lacks
 * never makes the other unknown.
 *
 * @param protocol on the price that the protocol liquidates on
 * @param market   on the median of independent sources, the early warning
 * @param word     which the protocol takes; empty where the market's price liquidates
 * @param before   the prices of the last day up to this market, for what is asked of the time before
 */
public record Standing(Judgement protocol, Judgement market, Optional<Word> word, Optional<Trail> before) {

    /**
     * What one source says.
     *
     * @param beside what the market says of the same assets
     */
    public record Word(String source, MarketSnapshot beside) {

        /** Not of an asset that the source does not quote: then the market's price is taken. */
        boolean isOf(Asset asset) {
            return beside.quotes(source, asset);
        }
    }

    /** Of a position that is liquidated on the market's price, or of which nothing can be said on either. */
    public static Standing of(Judgement both) {
        return new Standing(both, both, Optional.empty(), Optional.empty());
    }

    /** Of a position that is liquidated on one source's word. */
    public static Standing by(Word word, Judgement protocol, Judgement market) {
        return new Standing(protocol, market, Optional.of(word), Optional.empty());
    }

    /** The same, with the prices of the last day up to this market. */
    public Standing after(Trail day) {
        return new Standing(protocol, market, word, Optional.of(day));
    }

    /** Both are the same judgement, of the same prices. */
    public boolean isOne() {
        return protocol == market;
    }

    /** Whose word the protocol takes. */
    public Optional<String> priceSource() {
        return word.map(Word::source);
    }
}
