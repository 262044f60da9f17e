package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;

/**
 * What of one collateral may be taken out.
 *
 * @param amount whole tokens, rounded down to the token's decimals
 */
public record Withdrawable(Asset asset, BigDecimal amount) {}
