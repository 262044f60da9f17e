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
 * <p>Liquidation is where what falling prices endanger is worth no more than what rising ones do, so the way there is the
 * logarithm of one over the other, and each side moves it by its own share in that side; cash stands still on either. What
 * is on one side moves as one, the two sides independently; where one correlation group is on both, they offset each
 * other. Without drift, and with the volatility of now for all that time.
 *
 * @param deviation of a minute's move of one side against the other, as a plain ratio
 * @param way       to liquidation, as a logarithm, at the dangerous end of each price; zero when it is there
 * @param longest   the same at the safe end of each price
 */
public record Outlook(double deviation, double way, double longest) {
    private static final int HALVINGS = 60;
    private static final double FARTHEST = 40;

    /** Empty when an asset has no measured volatility; of cash none is needed. */
    static Optional<Outlook> of(List<Exposure> exposures, MarketSnapshot market, AssetRegistry assets) {
        var sides = Sides.of(exposures);
        var moves = new HashMap<String, Double>();
        for (var exposure : exposures) {
            var part = sides.part(exposure);
            if (part != 0 && !exposure.isCash()) {
                var volatility = market.past().volatility(exposure.asset());
                if (volatility.isEmpty()) {
                    return Optional.empty();
                }
                moves.merge(
                        group(exposure.asset(), assets), part * volatility.get().doubleValue(), Double::sum);
            }
        }
        var longest =
                Exposure.atSafeEnds(exposures).map(safest -> Sides.of(safest).way());
        return Optional.of(new Outlook(spread(moves), sides.way(), longest.orElse(Double.POSITIVE_INFINITY)));
    }

    /** What falling prices endanger and what rising ones do, in US dollars at the dangerous end of each. */
    private record Sides(double falling, double rising) {

        static Sides of(List<Exposure> exposures) {
            return new Sides(
                    exposures.stream().mapToDouble(e -> Math.max(0, worth(e))).sum(),
                    exposures.stream().mapToDouble(e -> Math.max(0, -worth(e))).sum());
        }

        /** How much of its side this is; negative when on the rising one. */
        double part(Exposure exposure) {
            var usd = worth(exposure);
            return usd == 0 ? 0 : usd / (usd > 0 ? falling : rising);
        }

        double way() {
            return falling > rising ? Math.log(falling / rising) : 0;
        }

        private static double worth(Exposure exposure) {
            return exposure.net().multiply(exposure.dangerPrice()).doubleValue();
        }
    }

    private static double spread(Map<String, Double> moves) {
        var down = moves.values().stream()
                .filter(part -> part > 0)
                .mapToDouble(part -> part)
                .sum();
        var up = moves.values().stream()
                .filter(part -> part < 0)
                .mapToDouble(part -> part)
                .sum();
        return Math.hypot(down, up);
    }

    private static String group(Asset asset, AssetRegistry assets) {
        return assets.info(asset).group().orElse("alone: " + asset);
    }

    /** From 0 to 1, rounded up; at the dangerous end of each price. */
    public BigDecimal chance(Duration within) {
        return chance(way, within);
    }

    /** The same at the safe end. */
    public BigDecimal leastChance(Duration within) {
        return chance(longest, within);
    }

    private BigDecimal chance(double far, Duration within) {
        return new FirstPassage(far, deviation).within(within);
    }

    /**
     * How many times what rising prices endanger the rest must be worth for the chance to be this, to a hair; by halving,
     * as the chance falls with the distance.
     */
    public BigDecimal cover(BigDecimal chance, Duration within) {
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
        return BigDecimal.valueOf(Math.exp(near));
    }
}
