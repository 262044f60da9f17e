package dev.plimsoll.risk;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Shock.Change;
import dev.plimsoll.risk.Shock.Factor;
import dev.plimsoll.risk.Shock.Reach;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Several shocks at once, and the market after them. A shock scales the whole range of a price: what the sources disagree
 * about before, they disagree about after.
 *
 * <p>Of several that reach an asset the nearest counts: one that names it before one of its group, and that before one of
 * everything. Two that are equally near are a contradiction and refused.
 */
public record Shocks(List<Shock> all) {
    public Shocks {
        all = List.copyOf(all);
    }

    /** What came of them. */
    public sealed interface Outcome {}

    /** @param moved in the order of symbols */
    public record Shocked(MarketSnapshot market, List<Moved> moved) implements Outcome {
        public Shocked {
            moved = List.copyOf(moved);
        }
    }

    /** @param clashes at least one */
    public record Contradiction(List<Clash> clashes) implements Outcome {
        public Contradiction {
            clashes = List.copyOf(clashes);
        }
    }

    /** Two shocks that would both move an asset, by their places in the list. */
    public record Clash(Asset asset, int first, int second) {}

    /**
     * One asset's price before and after.
     *
     * @param percent by how much; empty when nobody can tell
     * @param from    empty without a believable price
     * @param to      empty where nothing could be moved
     * @param why     nothing could be moved, as a sentence
     */
    public record Moved(
            Asset asset,
            Optional<BigDecimal> percent,
            Optional<PriceRange> from,
            Optional<PriceRange> to,
            Optional<String> why) {}

    /** @param held the assets of a position: these, and those the shocks name, are looked at */
    public Outcome in(MarketSnapshot market, AssetRegistry assets, Set<Asset> held) {
        var moves = new ArrayList<Moved>();
        var clashes = new ArrayList<Clash>();
        var supposed = new HashMap<Asset, Consensus>();
        for (var asset : affected(held)) {
            var reaching = nearest(asset, assets);
            if (reaching.size() > 1) {
                clashes.add(new Clash(asset, reaching.get(0), reaching.get(1)));
            } else if (reaching.size() == 1) {
                var shock = all.get(reaching.get(0));
                after(shock, asset, market).ifPresent(consensus -> supposed.put(asset, consensus));
                moves.add(moved(shock, asset, market, supposed));
            }
        }
        return clashes.isEmpty()
                ? new Shocked(market.supposing(Map.copyOf(supposed)), moves)
                : new Contradiction(clashes);
    }

    private Set<Asset> affected(Set<Asset> held) {
        var affected = new TreeSet<>(held);
        all.forEach(shock -> shock.named().ifPresent(affected::add));
        return affected;
    }

    /** The places of the shocks that are nearest to the asset. */
    private List<Integer> nearest(Asset asset, AssetRegistry assets) {
        var nearest = new ArrayList<Integer>();
        var least = Nearness.NONE;
        for (var i = 0; i < all.size(); i++) {
            var nearness = nearness(all.get(i).reach(), asset, assets);
            if (nearness.compareTo(least) < 0) {
                nearest.clear();
                least = nearness;
            }
            if (nearness == least && nearness != Nearness.NONE) {
                nearest.add(i);
            }
        }
        return nearest;
    }

    private enum Nearness {
        NAMED,
        GROUP,
        ALL,
        NONE
    }

    private static Nearness nearness(Reach reach, Asset asset, AssetRegistry assets) {
        return switch (reach) {
            case Reach.Only(var named) -> named.equals(asset) ? Nearness.NAMED : Nearness.NONE;
            case Reach.WithGroup(var named) ->
                named.equals(asset)
                        ? Nearness.NAMED
                        : group(named, assets)
                                        .filter(name -> isIn(name, asset, assets))
                                        .isPresent()
                                ? Nearness.GROUP
                                : Nearness.NONE;
            case Reach.Group(var name) -> isIn(name, asset, assets) ? Nearness.GROUP : Nearness.NONE;
            case Reach.All ignored -> isStable(asset, assets) ? Nearness.NONE : Nearness.ALL;
        };
    }

    private static boolean isIn(String group, Asset asset, AssetRegistry assets) {
        return group(asset, assets).filter(group::equals).isPresent();
    }

    private static Optional<String> group(Asset asset, AssetRegistry assets) {
        return assets.knows(asset) ? assets.info(asset).group() : Optional.empty();
    }

    private static boolean isStable(Asset asset, AssetRegistry assets) {
        return assets.knows(asset) && assets.info(asset).volatility() == Volatility.STABLE;
    }

    /** Empty when nobody can tell by how much. */
    private static Optional<Consensus> after(Shock shock, Asset asset, MarketSnapshot market) {
        if (shock.change() instanceof Change.ToPrice(var usd)
                && shock.named().equals(Optional.of(asset))
                && !market.range(asset).isBounded()) {
            return Optional.of(supposed(asset, usd, market));
        }
        return factor(shock, market).flatMap(factor -> market.of(asset).map(now -> now.supposing(factor::applyTo)));
    }

    /** A price where there is none to be moved: judged by as if every source said it. */
    private static Consensus supposed(Asset asset, BigDecimal usd, MarketSnapshot market) {
        var price = PriceRange.between(usd, usd);
        var voices = market.of(asset)
                .map(now -> now.supposing(any -> price).voices())
                .orElse(List.of());
        return new Consensus.Agreed(asset, price, 0, BigDecimal.ZERO, voices);
    }

    private static Optional<Factor> factor(Shock shock, MarketSnapshot market) {
        return switch (shock.change()) {
            case Change.ByPercent(var percent) -> Optional.of(Factor.percent(percent));
            case Change.ToPrice(var usd) ->
                shock.named()
                        .map(market::range)
                        .filter(PriceRange::isBounded)
                        .map(range -> new Factor(usd, range.middle()));
        };
    }

    private static Moved moved(Shock shock, Asset asset, MarketSnapshot market, Map<Asset, Consensus> supposed) {
        var to = Optional.ofNullable(supposed.get(asset)).map(Consensus::range).filter(PriceRange::isBounded);
        var unknown = supposed.containsKey(asset) ? asset : shock.named().orElse(asset);
        return new Moved(
                asset,
                factor(shock, market).map(Factor::percent),
                Optional.of(market.range(asset)).filter(PriceRange::isBounded),
                to,
                to.isPresent()
                        ? Optional.empty()
                        : Optional.of("no believable price of " + unknown + " to start from"));
    }
}
