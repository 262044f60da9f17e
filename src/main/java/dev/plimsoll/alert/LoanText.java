package dev.plimsoll.alert;

import dev.plimsoll.risk.Advice;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.LiquidationPrice;
import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Shown;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to say of an indebted loan, in sentences. */
final class LoanText {
    private static final BigDecimal NEAR_FOR_A_STABLECOIN = BigDecimal.valueOf(5);
    private static final int MOST_WAYS = 2;

    private final Health health;

    LoanText(Health health) {
        this.health = health;
    }

    /** How far it is, what to do, what it costs to do nothing, and how far the prices can be trusted. */
    String danger(Optional<Asset> named) {
        return join(Stream.of(distance(named), advice(), Optional.of(loss()), remarks()));
    }

    /** How far it is, and how far the prices can be trusted. */
    String calm(Optional<Asset> named) {
        return join(Stream.of(distance(named), remarks()));
    }

    /** What to do, and what it costs to do nothing. */
    String escape() {
        return join(Stream.of(advice(), Optional.of(loss())));
    }

    private Optional<String> distance(Optional<Asset> named) {
        if (health.range().isCertainlyLiquidatable()) {
            return Optional.of("It can be liquidated now.");
        }
        if (health.isLiquidatable()) {
            return Optional.of("If the worst source is right, it can be liquidated now.");
        }
        var moves =
                Stream.of(falls(named), rises(named)).flatMap(Optional::stream).collect(Collectors.joining(", or "));
        return moves.isEmpty() ? Optional.empty() : Optional.of(moves + " to be liquidated.");
    }

    private Optional<String> falls(Optional<Asset> named) {
        var falling = prices(Direction.BELOW, named);
        var together = health.distance().low();
        if (named.isEmpty() && isSpread()) {
            return Optional.of(
                    "All collateral must fall %s %% together%s".formatted(Readable.distance(together), alone(falling)));
        }
        return falling.stream().min(byDistance()).map(price -> move(price, "fall"));
    }

    /** Several collaterals carry it, so no single price says how far it is. */
    private boolean isSpread() {
        return health.terms() instanceof Loan loan && loan.collateral().size() > 1;
    }

    private static String alone(List<LiquidationPrice> falling) {
        return falling.stream().filter(price -> price.alone().isPresent()).min(byDistance()).stream()
                .map(price -> new LiquidationPrice(
                        price.asset(), price.direction(), price.price(), price.alone(), Optional.empty()))
                .map(price -> ", or " + move(price, "alone fall"))
                .collect(Collectors.joining());
    }

    private Optional<String> rises(Optional<Asset> named) {
        return prices(Direction.ABOVE, named).stream()
                .filter(price -> named.isPresent()
                        || !health.isStable(price.asset())
                        || price.distancePercent().compareTo(NEAR_FOR_A_STABLECOIN) < 0)
                .min(byDistance())
                .map(price -> move(price, "rise"));
    }

    private List<LiquidationPrice> prices(Direction direction, Optional<Asset> named) {
        return health.liquidationPrices().stream()
                .filter(price -> price.direction() == direction)
                .filter(price -> named.isEmpty() || named.get().equals(price.asset()))
                .toList();
    }

    private static Comparator<LiquidationPrice> byDistance() {
        return Comparator.comparing(LiquidationPrice::distancePercent);
    }

    private static String move(LiquidationPrice price, String how) {
        return "%s must %s %s %% to %s USD"
                .formatted(
                        price.asset(),
                        how,
                        Readable.distance(price.distancePercent()),
                        Readable.liquidationPrice(price.nearest(), price.direction()));
    }

    private Optional<String> advice() {
        var advice = health.advice();
        var repay = ways("epay ", advice.options().stream().filter(Advice.Option.Repay.class::isInstance));
        var add = ways("dd ", advice.options().stream().filter(Advice.Option.Add.class::isInstance));
        var target = " to be at " + Readable.plain(Shown.atLeastTwoDecimals(advice.targetHealthFactor())) + ".";
        if (repay.isPresent()) {
            return Optional.of("R" + repay.get() + add.map(way -> " or a" + way).orElse("") + target);
        }
        return add.map(way -> "A" + way + target);
    }

    private static Optional<String> ways(String verb, Stream<Advice.Option> options) {
        return options.limit(MOST_WAYS)
                .map(option -> Readable.amount(option.amount()) + " " + option.asset())
                .reduce((one, other) -> one + " or " + other)
                .map(ways -> verb + ways);
    }

    private String loss() {
        var loss = health.lossAtLiquidation();
        return "Liquidation would cost about %s USD (%sa bonus of %s %% on the whole debt)."
                .formatted(
                        Readable.loss(loss.usd()),
                        loss.assumed() ? "assuming " : "",
                        Readable.ratioAsPercent(loss.bonus()));
    }

    private Optional<String> remarks() {
        return health.terms().assets().stream()
                .sorted()
                .map(asset -> health.market().of(asset))
                .flatMap(Optional::stream)
                .map(PriceText::remark)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one + " " + other);
    }

    private static String join(Stream<Optional<String>> sentences) {
        return sentences.flatMap(Optional::stream).collect(Collectors.joining(" "));
    }
}
