package dev.plimsoll.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.market.Candle;
import dev.plimsoll.risk.LiquidationThreshold;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * When a position would have been liquidated had its owner done nothing, from the candles alone: no code of the watch
 * is used, so that the demo's summary checks it.
 *
 * @param at the opening of the first bar whose low takes the health factor below 1: never later than the real moment
 */
record Liquidation(Instant at, BigDecimal debt) {

    static Optional<Liquidation> of(CrashWindow crash, JsonNode position) {
        var tape = new Tape(crash);
        var first = position.at("/collateral/0/asset").asText();
        return tape.realVenue(first).stream()
                .flatMap(venue ->
                        crash.candles().between(venue, crash.pairs().get(first), crash.from(), crash.to()).stream())
                .filter(bar -> isLiquidatable(crash, tape, position, bar.end()))
                .findFirst()
                .map(bar -> new Liquidation(bar.open(), debt(crash, tape, position, bar.end())));
    }

    /** All lows of the bar at once: towards danger. */
    private static boolean isLiquidatable(CrashWindow crash, Tape tape, JsonNode position, Instant barEnd) {
        var weighted = BigDecimal.ZERO;
        for (var collateral : position.get("collateral")) {
            weighted = weighted.add(amount(collateral)
                    .multiply(low(crash, tape, collateral.get("asset").asText(), barEnd))
                    .multiply(threshold(collateral).weight()));
        }
        return weighted.compareTo(debt(crash, tape, position, barEnd)) < 0;
    }

    private static BigDecimal debt(CrashWindow crash, Tape tape, JsonNode position, Instant barEnd) {
        var sum = BigDecimal.ZERO;
        for (var debt : position.get("debt")) {
            sum = sum.add(
                    amount(debt).multiply(low(crash, tape, debt.get("asset").asText(), barEnd)));
        }
        return sum;
    }

    private static BigDecimal low(CrashWindow crash, Tape tape, String asset, Instant barEnd) {
        return tape.realVenue(asset)
                .filter(venue -> !crash.pegged().containsKey(asset))
                .flatMap(venue -> crash.candles().ended(venue, crash.pairs().get(asset), barEnd))
                .map(Candle::low)
                .orElseGet(() -> crash.pegged().get(asset));
    }

    private static BigDecimal amount(JsonNode leg) {
        return new BigDecimal(leg.get("amount").asText());
    }

    private static LiquidationThreshold threshold(JsonNode collateral) {
        if (collateral.has("liquidationThreshold")) {
            return LiquidationThreshold.threshold(
                    collateral.get("liquidationThreshold").asText());
        }
        return collateral.has("liquidationRatio")
                ? LiquidationThreshold.ratio(collateral.get("liquidationRatio").asText())
                : LiquidationThreshold.margin(
                        collateral.get("maintenanceMargin").asText());
    }
}
