package dev.plimsoll.risk;

import dev.plimsoll.risk.Margin.Leg;
import dev.plimsoll.risk.Margin.Side;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What margin to add or which leg to make smaller so that the target is reached whatever the sources disagree about, each
 * way alone. What is closed is closed at the worse end of its price and pays the closing fee.
 */
final class MarginAdvisor {
    private static final int CENTS = 2;

    private final Margin margin;
    private final List<Exposure> exposures;
    private final AssetRegistry assets;

    MarginAdvisor(Margin margin, List<Exposure> exposures, AssetRegistry assets) {
        this.margin = margin;
        this.exposures = exposures;
        this.assets = assets;
    }

    Advice advise(BigDecimal target, Advice.Loss ifNothing) {
        var options = Advisor.missing(exposures, target).filter(usd -> usd.signum() > 0).stream()
                .flatMap(usd -> Stream.concat(Stream.of(added(usd)), reduced(usd, target)))
                .toList();
        return new Advice(target, options, ifNothing);
    }

    private Advice.Option added(BigDecimal missing) {
        var usd = missing.round(Precision.AMOUNT).setScale(CENTS, RoundingMode.CEILING);
        var cash = Exposure.cash(usd);
        return new Advice.Option.AddMargin(
                cash.asset(), usd, lowest(Stream.concat(exposures.stream(), Stream.of(cash))));
    }

    private Stream<Advice.Option> reduced(BigDecimal missing, BigDecimal target) {
        return margin.legs().stream()
                .flatMap(leg -> worstPrice(leg).stream()
                        .map(price -> gain(leg, price, target))
                        .filter(gain -> gain.signum() > 0)
                        .map(gain -> missing.divide(gain, Precision.WORK))
                        .map(size -> size.round(Precision.AMOUNT)
                                .setScale(assets.info(leg.asset()).decimals(), RoundingMode.CEILING))
                        .filter(size -> size.compareTo(leg.size()) <= 0)
                        .map(size -> new Advice.Option.Reduce(leg.asset(), leg.side(), size, after(leg, size))));
    }

    /** What closing one token does for equity − target × required, in US dollars, at the least over the price's range. */
    private BigDecimal gain(Leg leg, BigDecimal closedAt, BigDecimal target) {
        var weight = sign(leg).subtract(target.multiply(margin.requiredRate()), Precision.WORK);
        return ends(leg, weight)
                .map(price -> weight.multiply(price, Precision.WORK))
                .max(BigDecimal::compareTo)
                .map(most -> proceeds(leg, BigDecimal.ONE, closedAt).subtract(most, Precision.WORK))
                .orElse(BigDecimal.ZERO);
    }

    /** The end of its price at which what stays open is worst off; either where both sides of the asset are held. */
    private Stream<BigDecimal> ends(Leg leg, BigDecimal weight) {
        var range = exposure(leg).price();
        var high = range.high().orElse(range.low());
        if (isAlone(leg)) {
            return Stream.of(weight.signum() >= 0 ? range.low() : high);
        }
        return Stream.of(range.low(), high);
    }

    private boolean isAlone(Leg leg) {
        return margin.legs().stream()
                        .filter(other -> other.asset().equals(leg.asset()))
                        .count()
                == 1;
    }

    private HealthFactor after(Leg leg, BigDecimal size) {
        var price = worstPrice(leg).orElseThrow();
        var cash = Exposure.cash(proceeds(leg, size, price));
        var changed = exposures.stream().map(e -> e.asset().equals(leg.asset()) ? closed(e, leg, size) : e);
        return lowest(Stream.concat(changed, Stream.of(cash)));
    }

    private Exposure closed(Exposure before, Leg leg, BigDecimal size) {
        return before.less(size.multiply(sign(leg)), size.multiply(margin.requiredRate(), Precision.WORK));
    }

    /** What equity no longer follows the price for: the tokens at the price they were closed at, less the fee. */
    private BigDecimal proceeds(Leg leg, BigDecimal size, BigDecimal price) {
        return sign(leg)
                .subtract(margin.closingFeeRate())
                .multiply(size, Precision.WORK)
                .multiply(price, Precision.WORK);
    }

    private static BigDecimal sign(Leg leg) {
        return leg.side() == Side.LONG ? BigDecimal.ONE : BigDecimal.ONE.negate();
    }

    private Optional<BigDecimal> worstPrice(Leg leg) {
        var range = exposure(leg).price();
        return switch (leg.side()) {
            case LONG -> Optional.of(range.low()).filter(low -> low.signum() > 0);
            case SHORT -> range.high();
        };
    }

    private Exposure exposure(Leg leg) {
        return exposures.stream()
                .filter(e -> e.asset().equals(leg.asset()))
                .findFirst()
                .orElseThrow();
    }

    private static HealthFactor lowest(Stream<Exposure> changed) {
        return new Extremes(changed.toList()).lowest();
    }
}
