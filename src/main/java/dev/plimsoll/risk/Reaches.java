package dev.plimsoll.risk;

import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Prices at which a loan reaches a health factor or a distance that is not liquidation itself, every other price at its
 * dangerous end.
 *
 * <p>Both are the liquidation of another loan: at a health factor of 1.3 stands who would be liquidated owing 1.3 times as
 * much, and 15 % away from liquidation who would be liquidated if what falls were worth 15 % less.
 */
final class Reaches {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<Exposure> exposures;
    private final AssetRegistry assets;

    Reaches(List<Exposure> exposures, AssetRegistry assets) {
        this.exposures = exposures;
        this.assets = assets;
    }

    List<LiquidationPrice> healthFactor(BigDecimal factor) {
        return prices(exposures.stream().map(e -> e.owing(factor)).toList());
    }

    /** So many times the collateral, unweighted, is what is owed: with a threshold of that ratio it would be liquidated. */
    List<LiquidationPrice> loanToValue(BigDecimal ratio) {
        return prices(exposures.stream().map(e -> e.weighing(ratio)).toList());
    }

    /** The collateral, unweighted, is so many times what is owed. */
    List<LiquidationPrice> collateralRatio(BigDecimal ratio) {
        return prices(exposures.stream()
                .map(e -> e.weighing(BigDecimal.ONE).owing(ratio))
                .toList());
    }

    /** What falling endangers is worth so many times what rising does, whose every part counts for so many. */
    List<LiquidationPrice> cover(BigDecimal factor) {
        return prices(exposures.stream()
                .map(e -> e.net().signum() < 0 ? e.times(factor) : e)
                .toList());
    }

    /** As much is owed, and held, as each leg will have become by then. */
    List<LiquidationPrice> timeToLiquidation(Loan loan, Duration time) {
        var owed = growth(loan.debt(), Loan.Debt::asset, Loan.Debt::annualRate, time);
        var held = growth(loan.collateral(), Loan.Collateral::asset, Loan.Collateral::annualRate, time);
        return owed.values().stream().allMatch(BigDecimal.ONE::equals)
                ? List.of()
                : prices(exposures.stream()
                        .map(e -> e.owing(owed.getOrDefault(e.asset(), BigDecimal.ONE))
                                .earning(held.getOrDefault(e.asset(), BigDecimal.ONE)))
                        .toList());
    }

    private static <T> Map<Asset, BigDecimal> growth(
            Collection<T> legs, Function<T, Asset> asset, Function<T, Optional<BigDecimal>> rate, Duration time) {
        return legs.stream()
                .collect(Collectors.toMap(
                        asset,
                        leg -> Interest.grown(
                                BigDecimal.ONE, rate.apply(leg), Instant.EPOCH, Instant.EPOCH.plus(time))));
    }

    /** @param percent of a fall of everything together, which is never 100 or more, or of a rise of all that is short */
    List<LiquidationPrice> distance(BigDecimal percent) {
        return exposures.stream()
                .filter(e -> !e.isCash())
                .flatMap(e -> Stream.concat(
                        bySide(percent, Direction.BELOW, e.asset()), bySide(percent, Direction.ABOVE, e.asset()))
                        .reduce(Reaches::nearer)
                        .stream())
                .toList();
    }

    /** With everything that one direction endangers moving that way. */
    private Stream<LiquidationPrice> bySide(BigDecimal percent, Direction way, Asset asset) {
        return percent.compareTo(HUNDRED) >= 0 && (way == Direction.BELOW || isLoan())
                ? Stream.empty()
                : price(nearer(percent, e -> isEndangered(e, way), way), asset).stream();
    }

    /** What falls carries all that a loan owes, so that it is never further away than all of its price. */
    private boolean isLoan() {
        return exposures.stream().noneMatch(Exposure::isCash);
    }

    private static boolean isEndangered(Exposure exposure, Direction way) {
        return !exposure.isCash() && exposure.net().signum() == (way == Direction.BELOW ? 1 : -1);
    }

    /** By the moves of one asset and its group, whichever of both is nearer. */
    List<LiquidationPrice> distance(BigDecimal percent, Asset asset) {
        return exposures.stream()
                .filter(e -> e.asset().equals(asset) && e.net().signum() != 0)
                .map(e -> e.net().signum() > 0 ? Direction.BELOW : Direction.ABOVE)
                .filter(way -> way == Direction.ABOVE || percent.compareTo(HUNDRED) < 0)
                .flatMap(way -> distance(percent, asset, way))
                .toList();
    }

    private Stream<LiquidationPrice> distance(BigDecimal percent, Asset asset, Direction way) {
        var alone = price(nearer(percent, e -> e.asset().equals(asset), way), asset);
        var together = price(nearer(percent, e -> moveTogether(e, asset), way), asset);
        return Stream.concat(alone.stream(), together.stream())
                .filter(price -> price.direction() == way)
                .reduce(Reaches::nearer)
                .stream();
    }

    private List<Exposure> nearer(BigDecimal percent, Predicate<Exposure> moving, Direction way) {
        var part = percent.movePointLeft(2);
        var factor = way == Direction.BELOW ? BigDecimal.ONE.subtract(part) : BigDecimal.ONE.add(part);
        return exposures.stream().map(e -> moving.test(e) ? e.times(factor) : e).toList();
    }

    private List<LiquidationPrice> prices(List<Exposure> others) {
        return new Liquidations(others, assets).prices();
    }

    private Optional<LiquidationPrice> price(List<Exposure> others, Asset asset) {
        return new Liquidations(others, assets).price(asset);
    }

    /** Of the same asset in the same direction. */
    private static LiquidationPrice nearer(LiquidationPrice one, LiquidationPrice other) {
        BinaryOperator<BigDecimal> first = one.direction() == Direction.BELOW ? BigDecimal::max : BigDecimal::min;
        return new LiquidationPrice(
                one.asset(),
                one.direction(),
                one.price(),
                Stream.concat(one.alone().stream(), other.alone().stream()).reduce(first),
                Stream.concat(one.together().stream(), other.together().stream())
                        .reduce(first));
    }

    private boolean moveTogether(Exposure one, Asset other) {
        return one.asset().equals(other)
                || !one.isCash()
                        && group(one.asset()).isPresent()
                        && group(one.asset()).equals(group(other));
    }

    private Optional<String> group(Asset asset) {
        return Optional.of(assets.info(asset)).flatMap(AssetInfo::group);
    }
}
