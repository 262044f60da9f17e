package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How probable it is that prices touch liquidation within a time, by how wildly they moved of late. An estimate, not money,
 * so it is computed in {@code double}.
 *
 * <p>What stands on one side moves as one, the two sides independently; where one correlation group stands on both, they
 * offset each other. Without drift, and with the volatility of now for all that time.
 *
 * @param deviation of a minute's move of one side against the other, as a plain ratio
 */
public record Outlook(double deviation) {
    private static final double HUNDRED = 100;
    private static final int HALVINGS = 60;
    private static final double FARTHEST = 40;

    /** Empty when an asset has no measured volatility; of cash none is needed. */
    static Optional<Outlook> of(List<Exposure> exposures, MarketSnapshot market, AssetRegistry assets) {
        var moves = new HashMap<String, Double>();
        var falling = 0.0;
        for (var exposure : exposures) {
            var usd = exposure.net().multiply(exposure.dangerPrice()).doubleValue();
            falling += Math.max(0, usd);
            if (usd != 0 && !exposure.isCash()) {
                var volatility = market.past().volatility(exposure.asset());
                if (volatility.isEmpty()) {
                    return Optional.empty();
                }
                moves.merge(
                        group(exposure.asset(), assets), usd * volatility.get().doubleValue(), Double::sum);
            }
        }
        return falling > 0 ? Optional.of(new Outlook(spread(moves) / falling)) : Optional.of(new Outlook(0));
    }

    private static double spread(Map<String, Double> moves) {
        var down = moves.values().stream()
                .filter(usd -> usd > 0)
                .mapToDouble(usd -> usd)
                .sum();
        var up = moves.values().stream()
                .filter(usd -> usd < 0)
                .mapToDouble(usd -> usd)
                .sum();
        return Math.hypot(down, up);
    }

    private static String group(Asset asset, AssetRegistry assets) {
        return assets.info(asset).group().orElse("alone: " + asset);
    }

    /**
     * From 0 to 1, rounded up.
     *
     * @param distancePercent to liquidation, with everything falling together; zero when it is there
     */
    public BigDecimal chance(BigDecimal distancePercent, Duration within) {
        var left = 1 - distancePercent.doubleValue() / HUNDRED;
        return left <= 0 ? BigDecimal.ZERO : chance(-Math.log(left), within);
    }

    private BigDecimal chance(double way, Duration within) {
        return new FirstPassage(way, deviation).within(within);
    }

    /** The distance in percent at which the chance is this, to a hair; by halving, as the chance falls with the distance. */
    public BigDecimal distance(BigDecimal chance, Duration within) {
        var near = 0.0;
        var far = FARTHEST;
        for (var halving = 0; halving < HALVINGS; halving++) {
            var middle = (near + far) / 2;
            if (chance(middle, within).compareTo(chance) > 0) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return BigDecimal.valueOf(HUNDRED * -Math.expm1(-near));
    }
}
