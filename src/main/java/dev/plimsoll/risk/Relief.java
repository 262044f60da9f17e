package dev.plimsoll.risk;

import java.math.BigDecimal;

/**
 * A payment, and how probable it is afterwards that liquidation is touched.
 *
 * @param chance from 0 to 1, rounded up, at the dangerous end of each price
 */
public record Relief(Advice.Option payment, BigDecimal chance) {}
