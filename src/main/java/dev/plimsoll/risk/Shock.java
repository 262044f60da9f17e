package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.Optional;

/** A supposed move of prices: what moves, and by how much. */
public record Shock(Reach reach, Change change) {

    /** What a shock moves. */
    public sealed interface Reach {

        /** This asset and no other. */
        record Only(Asset asset) implements Reach {}

        /** This asset, and its whole correlation group by the same factor. */
        record WithGroup(Asset asset) implements Reach {}

        /** Every asset of a correlation group. */
        record Group(String name) implements Reach {}

        /** Every asset that does not follow the dollar. */
        record All() implements Reach {}
    }

    /** By how much. */
    public sealed interface Change {

        /** @param percent −20 takes a fifth off; above −100, so that a price stays a price */
        record ByPercent(BigDecimal percent) implements Change {
            public ByPercent {
                if (percent.compareTo(HUNDRED.negate()) <= 0) {
                    throw new IllegalArgumentException("a price falls by less than 100 %, was " + percent);
                }
            }
        }

        /** @param usd what the middle of the named asset's range becomes; the ends keep their distance in percent */
        record ToPrice(BigDecimal usd) implements Change {
            public ToPrice {
                if (usd.signum() <= 0) {
                    throw new IllegalArgumentException("a price is positive, was " + usd);
                }
            }
        }
    }

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The asset it names, if it names one. */
    Optional<Asset> named() {
        return switch (reach) {
            case Reach.Only(var asset) -> Optional.of(asset);
            case Reach.WithGroup(var asset) -> Optional.of(asset);
            case Reach.Group ignored -> Optional.empty();
            case Reach.All ignored -> Optional.empty();
        };
    }

    /**
     * What a price is multiplied with: {@code by} over {@code of}, both positive.
     *
     * <p>Kept as a fraction, so that a price moved to 55,000 is 55,000.
     */
    record Factor(BigDecimal by, BigDecimal of) {

        static Factor percent(BigDecimal percent) {
            return new Factor(HUNDRED.add(percent), HUNDRED);
        }

        PriceRange applyTo(PriceRange range) {
            return new PriceRange(times(range.low()), range.high().map(this::times));
        }

        /** −20 is a fifth less. */
        BigDecimal percent() {
            return by.subtract(of).movePointRight(2).divide(of, Precision.WORK);
        }

        private BigDecimal times(BigDecimal price) {
            return price.multiply(by).divide(of, Precision.WORK);
        }
    }
}
