package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Past.Rate;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Anchor;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns how many anchors a staked asset is worth, from ticks in which enough families agree on both prices.
 *
 * <p>wstETH gains about 0.01 % a day and may lose at a slashing; the market's price of it may be a discount for a while.
 * So a learnt rate follows the market slowly, from where the asset file put it, and a bad day cannot teach it nonsense;
 * nor can one bad tick after weeks without a market, or under a clock that ran ahead.
 */
final class Rates {
    private static final Duration DAY = Duration.ofDays(1);
    private static final BigDecimal NANOS_A_DAY = BigDecimal.valueOf(DAY.toNanos());
    private static final MathContext DIGITS = new MathContext(16, RoundingMode.HALF_EVEN);

    private final List<AssetInfo> moving;
    private final BasisPoints perDay;
    private final int quorum;

    Rates(List<AssetInfo> assets, Tolerance tolerance) {
        this.moving = assets.stream()
                .filter(info -> info.anchor().filter(Anchor::moves).isPresent())
                .toList();
        this.perDay = tolerance.ratePerDay();
        this.quorum = tolerance.quorum().families();
    }

    /** Those of the next tick. */
    Map<Asset, Rate> after(Tick tick, Map<Asset, Consensus> priced, Past past) {
        var rates = new HashMap<Asset, Rate>();
        for (var info : moving) {
            var anchor = info.anchor().orElseThrow();
            var known = past.learnt(info.asset(), anchor);
            market(info.asset(), anchor, priced)
                    .map(now -> moved(now, known.orElse(new Rate(anchor.rate(), tick.at(), anchor.rate())), tick.at()))
                    .or(() -> known)
                    .ifPresent(rate -> rates.put(info.asset(), rate));
        }
        return rates;
    }

    /** As the market has it now. */
    private Optional<BigDecimal> market(Asset asset, Anchor anchor, Map<Asset, Consensus> priced) {
        var unit = anchor.asset().map(other -> agreed(other, priced)).orElse(Optional.of(BigDecimal.ONE));
        return unit.flatMap(one -> agreed(asset, priced).map(price -> price.divide(one, MathContext.DECIMAL128)));
    }

    private Optional<BigDecimal> agreed(Asset asset, Map<Asset, Consensus> priced) {
        return Optional.ofNullable(priced.get(asset))
                .filter(consensus -> consensus instanceof Agreed agreed && agreed.families() >= quorum)
                .map(Consensus::range)
                .map(Rates::middle);
    }

    private static BigDecimal middle(PriceRange range) {
        return Medians.mean(range.low(), range.high().orElseThrow());
    }

    /** Towards what the market says, no faster than a rate may move, and in one tick no farther than in a day. */
    private Rate moved(BigDecimal now, Rate last, Instant at) {
        var most = last.value().multiply(perDay.asRatio()).multiply(days(Duration.between(last.at(), at)));
        var value = now.max(last.value().subtract(most)).min(last.value().add(most));
        return new Rate(value.round(DIGITS), at, last.from());
    }

    private static BigDecimal days(Duration elapsed) {
        if (elapsed.compareTo(DAY) >= 0) {
            return BigDecimal.ONE;
        }
        return elapsed.isNegative()
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(elapsed.toNanos()).divide(NANOS_A_DAY, MathContext.DECIMAL128);
    }
}
