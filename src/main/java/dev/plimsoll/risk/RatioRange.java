package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A quotient of two sides of a loan over everything the sources say: the lowest and the highest it can be with every price
 * inside its range. A plain ratio, exact to 30 digits; empty means infinite.
 */
public record RatioRange(Optional<BigDecimal> low, Optional<BigDecimal> high) {

    /** Nothing is lent. */
    static final RatioRange ZERO = new RatioRange(Optional.of(BigDecimal.ZERO), Optional.of(BigDecimal.ZERO));

    static final RatioRange INFINITE = new RatioRange(Optional.empty(), Optional.empty());

    /** @param seenAs what of each asset stands above the line, as its weighted collateral, and what below, as its debt */
    static RatioRange of(List<Exposure> exposures, UnaryOperator<Exposure> seenAs) {
        var range = new Extremes(exposures.stream().map(seenAs).toList()).range();
        return new RatioRange(range.low().value(), range.high().value());
    }
}
