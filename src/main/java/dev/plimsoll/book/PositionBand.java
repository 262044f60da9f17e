package dev.plimsoll.book;

import java.util.Collection;

/**
 * Where the state of every rule on a position cannot change: while its health factor on either price stays in the band
 * of that price.
 *
 * @param protocol for what is asked of the price that liquidates
 * @param market   for what is asked of the market's
 */
public record PositionBand(Band protocol, Band market) {
    static final PositionBand EVERYWHERE = new PositionBand(Band.EVERYWHERE, Band.EVERYWHERE);

    /** Selected by every tick. */
    static final PositionBand NOWHERE = new PositionBand(Band.NOWHERE, Band.EVERYWHERE);

    static PositionBand ofProtocol(Band band) {
        return new PositionBand(band, Band.EVERYWHERE);
    }

    static PositionBand ofMarket(Band band) {
        return new PositionBand(Band.EVERYWHERE, band);
    }

    /** Where both hold. */
    PositionBand and(PositionBand other) {
        return new PositionBand(protocol.and(other.protocol), market.and(other.market));
    }

    /** Where all hold; everywhere when there are none. */
    static PositionBand all(Collection<PositionBand> bands) {
        return bands.stream().reduce(EVERYWHERE, PositionBand::and);
    }

    /** Of a position that is liquidated on the market's price. */
    Band one() {
        return protocol.and(market);
    }
}
