package dev.plimsoll.pipeline.digest;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.market.RealisedVolatility;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How wildly prices are taken to move in a night: as now, as in the days before or as is usual of their class, whichever is
 * the wildest. A calm evening says little of the night that follows it.
 *
 * @param lately measured over the days before: the standard deviation of a minute's return, as a plain ratio
 */
record Wildness(Map<Asset, BigDecimal> lately) {
    private static final BigDecimal MINUTES_A_DAY = BigDecimal.valueOf(24 * 60L);

    Wildness {
        lately = Map.copyOf(lately);
    }

    /** @param hours recorded prices by the hour */
    static Wildness of(Map<Asset, List<PriceSpan>> hours) {
        Map<Asset, BigDecimal> lately = new HashMap<>();
        hours.forEach((asset, spans) -> RealisedVolatility.of(spans.stream()
                        .filter(span -> span.length().equals(Night.STEP))
                        .toList())
                .ifPresent(deviation -> lately.put(asset, deviation)));
        return new Wildness(lately);
    }

    boolean knows(Set<Asset> assets) {
        return lately.keySet().containsAll(assets);
    }

    /** The same market, as wild. What was never measured stays so: of that nobody can say anything. */
    MarketSnapshot in(MarketSnapshot market, AssetRegistry assets) {
        var wild = new HashMap<>(lately);
        market.past().volatility().keySet().forEach(asset -> wild.putIfAbsent(asset, BigDecimal.ZERO));
        wild.replaceAll((asset, deviation) -> assets.knows(asset) ? deviation.max(usual(asset, assets)) : deviation);
        return market.moving(wild);
    }

    private static BigDecimal usual(Asset asset, AssetRegistry assets) {
        return perDay(assets.info(asset).volatility())
                .divide(MINUTES_A_DAY.sqrt(MathContext.DECIMAL64), MathContext.DECIMAL64);
    }

    /** The standard deviation of a day's return: about 57, 95 and 115 % a year. */
    private static BigDecimal perDay(Volatility kind) {
        return switch (kind) {
            case STABLE -> new BigDecimal("0.001");
            case MAJOR -> new BigDecimal("0.03");
            case ALT -> new BigDecimal("0.05");
            case AI -> new BigDecimal("0.06");
        };
    }
}
