package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;

/**
 * The price of a collateral counted in a volatile debt asset, below which the loan is liquidatable.
 *
 * @param distancePercent how far the relative price has to fall: 18.67 is 18.67 %
 */
public record RelativePrice(Asset asset, Asset in, BigDecimal price, BigDecimal distancePercent) {}
