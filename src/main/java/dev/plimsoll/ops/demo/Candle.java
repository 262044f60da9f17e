package dev.plimsoll.ops.demo;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One bar of a venue's trades in one pair, prices in the pair's quote asset.
 *
 * @param open  when the bar began
 * @param end   when it was over; its close and low are known from here on
 */
record Candle(Instant open, Instant end, BigDecimal low, BigDecimal close) {}
