package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Judges perpetual contracts in a market: equity over maintenance margin and closing fee, both at the market's price.
 *
 * <p>Equity = balance − funding owed + Σ ±size × (price − entry). As sums over assets both sides are linear in the prices,
 * as a loan's are; what no price moves stands among them as cash. What is judged and what is unknown follows as it does
 * for a loan.
 */
final class Perpetuals {
    private Perpetuals() {}

    static Judgement judge(Margin margin, MarketSnapshot market, AssetRegistry assets, BigDecimal targetHealthFactor) {
        return Lending.strangers(margin, assets)
                .orElseGet(() -> Lending.judge(
                        margin,
                        Lending.settleDust(exposures(margin, market, assets)),
                        market,
                        assets,
                        targetHealthFactor));
    }

    private static List<Exposure> exposures(Margin margin, MarketSnapshot market, AssetRegistry assets) {
        var required = margin.requiredRate();
        var byAsset = new TreeMap<Asset, Exposure>();
        for (var leg : margin.legs()) {
            var size = leg.signedSize();
            var ceiling = assets.info(leg.asset()).bounds().high();
            var exposure = new Exposure(
                    leg.asset(),
                    size,
                    size,
                    leg.size().multiply(required, Precision.WORK),
                    market.range(leg.asset()),
                    ceiling);
            byAsset.merge(leg.asset(), exposure, Exposure::and);
        }
        var all = new ArrayList<>(byAsset.values());
        all.add(Exposure.cash(margin.fixed()));
        return List.copyOf(all);
    }
}
