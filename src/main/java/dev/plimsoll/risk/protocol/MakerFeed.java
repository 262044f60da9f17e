package dev.plimsoll.risk.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * One of the two prices that Maker's oracle security module holds: the present one, or the one it will take over an hour
 * later. Only its storage shows them: slot 3 the present, slot 4 the next.
 *
 * @see <a href="https://github.com/makerdao/osm/blob/master/src/osm.sol">OSM</a>
 */
public final class MakerFeed {
    private static final int HALF = 128;

    private MakerFeed() {}

    /** US dollars; empty when the module says that it holds no valid price. */
    public static Optional<BigDecimal> price(BigInteger word) {
        var valid = Fixed.bits(Fixed.unsigned(word), HALF, HALF).equals(BigInteger.ONE);
        return valid ? Optional.of(Fixed.wad(Fixed.bits(word, 0, HALF))) : Optional.empty();
    }
}
