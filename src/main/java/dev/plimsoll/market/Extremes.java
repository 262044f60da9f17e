package dev.plimsoll.market;

import java.math.BigDecimal;

/**
 * How far a believed price went within some time, in US dollars per whole token. As a price is a range, so are its
 * lowest and its highest.
 *
 * @param lowestLow   the lowest lower end
 * @param lowestHigh  the lowest upper end
 * @param highestLow  the highest lower end
 * @param highestHigh the highest upper end
 */
public record Extremes(BigDecimal lowestLow, BigDecimal lowestHigh, BigDecimal highestLow, BigDecimal highestHigh) {}
