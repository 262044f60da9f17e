package dev.plimsoll.alert;

import dev.plimsoll.risk.Advice;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.LiquidationPrice;
import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Shown;
import dev.plimsoll.risk.Standing;
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
    private static final int MOST_WAYS = 3;
    private static final BigDecimal UNKNOWN_COST = new BigDecimal("1E+60");

    private final Health health;
    private final Standing standing;

    /** @param health the one of both in {@code standing} that is spoken of */
    LoanText(Health health, Standing standing) {
        this.health = health;
        this.standing = standing;
    }

    /**
     * How far it is, what it costs to do nothing, what to do, and how far the prices can be trusted.
     *
     * @param opening what happened
     */
    Text danger(String opening, Optional<Asset> named) {
        return new Text(far(opening, named), Optional.of(AftermathText.of(health)), advice(), remarks(), List.of());
    }

    /** How far it is, and how far the prices can be trusted. */
    Text calm(String opening, Optional<Asset> named) {
        return Text.of(far(opening, named)).remarked(remarks());
    }

    /** The same text, with what it costs to do nothing, and what to do. */
    Text escape(Text text) {
        var stakes = Stream.concat(text.stakes().stream(), Stream.of(AftermathText.of(health)))
                .collect(Collectors.joining(" "));
        return new Text(text.happened(), Optional.of(stakes), advice(), text.remark(), text.figures());
    }

    private String far(String opening, Optional<Asset> named) {
        return opening + distance(named).map(words -> " " + words).orElse("");
    }

    private Optional<String> distance(Optional<Asset> named) {
        if (BasisText.isEarlyWarning(standing, health)) {
            return Optional.of(onMarket(named));
        }
        return liquidatable(health).or(() -> moves(named).map(moves -> moves + " to be liquidated."));
    }

    private static Optional<String> liquidatable(Health health) {
        if (health.range().isCertainlyLiquidatable()) {
            return Optional.of("It can be liquidated now.");
        }
        return health.isLiquidatable()
                ? Optional.of("If the worst source is right, it can be liquidated now.")
                : Optional.empty();
    }

    /** What liquidates it comes first; the market's price alone is a warning. */
    private String onMarket(Optional<Asset> named) {
        var now = standing.protocol() instanceof Judgement.Judged(var protocol)
                ? liquidatable(protocol).map(words -> words + " ").orElse("")
                : "";
        return now + early(named) + BasisText.decisive(standing) + ".";
    }

    private String early(Optional<Asset> named) {
        if (health.range().isCertainlyLiquidatable()) {
            return "At the market price it is below 1; ";
        }
        if (health.isLiquidatable()) {
            return "If the worst source is right, it is below 1 at the market price; ";
        }
        return moves(named)
                .map(moves -> moves + " to be at 1 on the market price; ")
                .orElse("No single price brings it to 1 on the market price; ");
    }

    private Optional<String> moves(Optional<Asset> named) {
        return Stream.of(falls(named), rises(named))
                .flatMap(Optional::stream)
                .reduce((fall, rise) -> fall + ", or " + rise);
    }

    private Optional<String> falls(Optional<Asset> named) {
        var falling = prices(Direction.BELOW, named);
        var together = health.distance().low();
        if (named.isEmpty() && isSpread()) {
            return Optional.of(
                    "%s must fall %s %% together%s".formatted(carrier(), Readable.distance(together), alone(falling)));
        }
        return falling.stream().min(byDistance()).map(price -> move(price, "fall"));
    }

    /** Several collaterals carry it, or several legs are long, so no single price says how far it is. */
    private boolean isSpread() {
        return switch (health.terms()) {
            case Loan loan -> loan.collateral().size() > 1;
            case Margin margin -> margin.legs().size() > 1 && areLong(margin);
        };
    }

    private String carrier() {
        return health.margin().isPresent() ? "All legs" : "All collateral";
    }

    private static boolean areLong(Margin margin) {
        return margin.legs().stream().allMatch(leg -> leg.side() == Margin.Side.LONG);
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

    /** The cheapest way first. */
    private Optional<String> advice() {
        var advice = health.advice();
        var ways = advice.options().stream()
                .sorted(Comparator.comparing(this::cost))
                .limit(MOST_WAYS)
                .map(LoanText::way)
                .toList();
        var target = Readable.plain(Shown.atLeastTwoDecimals(advice.targetHealthFactor()))
                + BasisText.after(standing, health);
        return switch (ways.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("To be at %s: %s.".formatted(target, ways.getFirst()));
            default ->
                Optional.of("Cheapest: %s to be at %s. Or: %s."
                        .formatted(ways.getFirst(), target, String.join("; ", ways.subList(1, ways.size()))));
        };
    }

    private static String way(Advice.Option option) {
        var amount = Readable.amount(option.amount()) + " " + option.asset();
        return switch (option) {
            case Advice.Option.Repay ignored -> "repay " + amount;
            case Advice.Option.Add ignored -> "add " + amount;
            case Advice.Option.AddMargin ignored -> "add " + amount + " of margin";
            case Advice.Option.Reduce reduce -> "close " + amount + " of the " + side(reduce);
        };
    }

    private static String side(Advice.Option.Reduce reduce) {
        return switch (reduce.side()) {
            case LONG -> "long";
            case SHORT -> "short";
        };
    }

    /** In US dollars; of an asset without a bounded price there is no knowing. */
    private BigDecimal cost(Advice.Option option) {
        return option instanceof Advice.Option.AddMargin ? option.amount() : worth(option);
    }

    private BigDecimal worth(Advice.Option option) {
        return health.market()
                .range(option.asset())
                .high()
                .map(price -> price.multiply(option.amount()))
                .orElse(UNKNOWN_COST);
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
}
