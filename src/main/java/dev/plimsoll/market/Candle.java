package dev.plimsoll.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One bar of a venue's trades in one pair, prices in the pair's quote asset.
 *
 * @param open  when the bar began
 * @param end   when it was over; its close, low and high are known from here on
 */
public record Candle(Instant open, Instant end, BigDecimal low, BigDecimal high, BigDecimal close) {}
