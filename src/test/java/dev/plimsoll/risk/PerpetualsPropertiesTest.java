package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Margin.Leg;
import dev.plimsoll.risk.Margin.Side;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PerpetualsPropertiesTest {
    private static final BigDecimal TARGET = Lending.DEFAULT_TARGET;
    private static final BigDecimal TINY = new BigDecimal("1e-18");
    private static final List<String> ASSETS = List.of("ETH", "wstETH", "BTC", "LINK", "RENDER");

    /** Up to four legs on one margin, and for each asset a price range. */
    record Case(Margin margin, Map<String, Range> prices) {
        MarketSnapshot market() {
            return Given.market(prices.entrySet().stream()
                    .map(price -> price.getKey() + " " + price.getValue())
                    .toArray(String[]::new));
        }

        Case with(String asset, BigDecimal price) {
            var moved = new TreeMap<>(prices);
            moved.put(asset, new Range(price, price));
            return new Case(margin, moved);
        }

        Case with(Margin other) {
            return new Case(other, prices);
        }

        Case points() {
            var points = new TreeMap<String, Range>();
            prices.forEach((asset, range) -> points.put(asset, new Range(range.low, range.low)));
            return new Case(margin, points);
        }

        Health health() {
            return ((Judgement.Judged) judge(margin, market())).health();
        }

        List<Case> corners() {
            var assets = margin.assets().stream().map(Asset::symbol).toList();
            var corners = new ArrayList<Case>();
            for (var bits = 0; bits < 1 << assets.size(); bits++) {
                var corner = this;
                for (var i = 0; i < assets.size(); i++) {
                    var range = prices.get(assets.get(i));
                    corner = corner.with(assets.get(i), (bits >> i & 1) == 0 ? range.low() : range.high());
                }
                corners.add(corner);
            }
            return corners;
        }
    }

    record Range(BigDecimal low, BigDecimal high) {
        @Override
        public String toString() {
            return low.compareTo(high) == 0 ? low.toPlainString() : low.toPlainString() + ".." + high.toPlainString();
        }
    }

    @Property
    void theHealthFactorIsEquityOverWhatItMustCover(@ForAll("cases") Case any) {
        var point = any.points();
        var equity = point.margin().balance().subtract(point.margin().fundingOwed());
        var required = BigDecimal.ZERO;
        for (var leg : point.margin().legs()) {
            var price = point.prices().get(leg.asset().symbol()).low();
            equity = equity.add(leg.signedSize().multiply(price.subtract(leg.entryPrice())));
            required = required.add(
                    leg.size().multiply(price).multiply(point.margin().requiredRate()));
        }

        var exactly = equity.max(BigDecimal.ZERO).divide(required, 4, RoundingMode.FLOOR);

        assertThat(point.health().healthFactor().shown()).hasValue(exactly);
        assertThat(point.health().isLiquidatable()).isEqualTo(equity.compareTo(required) < 0);
        assertThat(point.health().equity()).isEqualByComparingTo(equity);
    }

    @Property
    void theLiquidationPriceIsWhereTheHealthFactorIsOne(@ForAll("cases") Case any) {
        var point = any.points();

        for (var price : point.health().liquidationPrices()) {
            price.alone().ifPresent(alone -> {
                var there = point.with(price.asset().symbol(), alone).health();
                assertThat(value(there).subtract(BigDecimal.ONE).abs()).isLessThan(TINY);
            });
        }
    }

    @Property
    void beyondTheLiquidationPriceItIsLiquidatable(@ForAll("cases") Case any) {
        var point = any.points();
        Assume.that(!point.health().isLiquidatable());

        for (var price : point.health().liquidationPrices()) {
            var beyond = new BigDecimal(price.direction() == LiquidationPrice.Direction.BELOW ? "0.999" : "1.001");
            price.alone()
                    .ifPresent(alone -> assertThat(point.with(price.asset().symbol(), alone.multiply(beyond))
                                    .health()
                                    .isLiquidatable())
                            .isTrue());
        }
    }

    @Property
    void eachAdviceAloneReachesTheTargetAtEveryPrice(@ForAll("cases") Case any) {
        for (var option : any.health().advice().options()) {
            assertThat(option.healthFactorAfter()).isGreaterThanOrEqualTo(HealthFactor.of(TARGET));
            for (var corner : any.corners()) {
                followed(corner, option)
                        .ifPresent(after ->
                                assertThat(value(after.health()).add(TINY)).isGreaterThanOrEqualTo(TARGET));
            }
        }
    }

    /** Where a group rises as one a long that nearly covers the shorts has no bound: there the safe ends are counted. */
    @Property
    void theLossAtTheLiquidationPriceOfAnAssetIsNeverUnderstated(@ForAll("cases") Case any) {
        var said = any.health().lossAtLiquidation().usd().multiply(BigDecimal.ONE.add(TINY));

        for (var corner : any.corners()) {
            var there = corner.health();
            assertThat(there.debtValue()).isLessThanOrEqualTo(said);
            if (!there.isLiquidatable()) {
                liquidated(corner).forEach(sunk -> assertThat(sunk.equity()).isLessThanOrEqualTo(said));
            }
        }
    }

    /** At each of its liquidation prices alone. */
    private static Stream<Health> liquidated(Case point) {
        return point.health().liquidationPrices().stream()
                .flatMap(price -> price.alone().stream()
                        .map(alone -> point.with(price.asset().symbol(), alone).health()));
    }

    @Property
    void lessMarginIsNeverSafer(@ForAll("cases") Case any) {
        var before = any.health();
        var after = any.with(with(any.margin(), any.margin().balance().multiply(new BigDecimal("0.9"))))
                .health();

        assertThat(after.range().low()).isLessThanOrEqualTo(before.range().low());
        assertThat(after.range().high()).isLessThanOrEqualTo(before.range().high());
        assertThat(after.distance().low()).isLessThanOrEqualTo(before.distance().low());
    }

    @Property
    void theRangeHoldsEveryCornerOfThePricesAndEndsAtOne(@ForAll("cases") Case any) {
        var range = any.health().range();

        var factors = any.corners().stream()
                .map(corner -> corner.health().healthFactor())
                .toList();

        assertThat(factors).contains(range.low(), range.high());
        assertThat(factors).allSatisfy(factor -> assertThat(factor).isBetween(range.low(), range.high()));
    }

    @Property
    void nothingIsShownSaferThanItIs(@ForAll("cases") Case any) {
        var health = any.health();
        var margin = health.margin().orElseThrow();

        for (var corner : any.corners()) {
            var there = corner.health().margin().orElseThrow();
            assertThat(health.distance().low())
                    .isLessThanOrEqualTo(corner.health().distance().low().add(TINY));
            assertThat(margin.equity()).isLessThanOrEqualTo(there.equity());
            assertThat(margin.notional()).isGreaterThanOrEqualTo(there.notional());
            assertThat(margin.marginRatio().orElseThrow())
                    .isLessThanOrEqualTo(there.marginRatio().orElseThrow().add(TINY));
        }
    }

    @Property
    void thePriceOfADistanceIsWhereTheDistanceIsThat(@ForAll("cases") Case any) {
        var point = any.points();
        Assume.that(point.health().distance().low().compareTo(BigDecimal.TEN) > 0);

        for (var price : point.health().pricesAtDistance(BigDecimal.TEN)) {
            price.alone().ifPresent(alone -> {
                var there = point.with(price.asset().symbol(), alone).health().distance();
                assertThat(there.low().subtract(BigDecimal.TEN).abs()).isLessThan(TINY);
            });
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        var leg = Combinators.combine(
                        Arbitraries.of(ASSETS),
                        Arbitraries.of(Side.values()),
                        decimals("0.01", "50"),
                        decimals("0.7", "1.4"))
                .as((asset, side, size, moved) ->
                        List.of(asset, side.name(), size.toPlainString(), moved.toPlainString()));
        var legs = leg.list().ofMinSize(1).ofMaxSize(4).uniqueElements(parts -> parts.get(0) + parts.get(1));
        var lows = decimals("1", "9000").list().ofSize(ASSETS.size());
        var spreads = Arbitraries.of("1", "1", "1.01", "1.2")
                .map(BigDecimal::new)
                .list()
                .ofSize(ASSETS.size());
        return Combinators.combine(
                        legs, lows, spreads, decimals("0.02", "1.5"), decimals("0.002", "0.1"), decimals("0", "0.002"))
                .as((parts, low, spread, share, maintenance, fee) ->
                        made(parts, prices(low, spread), share, maintenance, fee));
    }

    private static Arbitrary<BigDecimal> decimals(String least, String most) {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal(least), new BigDecimal(most))
                .ofScale(4);
    }

    private static Map<String, Range> prices(List<BigDecimal> lows, List<BigDecimal> spreads) {
        var prices = new TreeMap<String, Range>();
        for (var i = 0; i < ASSETS.size(); i++) {
            prices.put(ASSETS.get(i), new Range(lows.get(i), lows.get(i).multiply(spreads.get(i))));
        }
        return prices;
    }

    /** @param share of the notional at entry that is put in as margin */
    private static Case made(
            List<List<String>> parts,
            Map<String, Range> prices,
            BigDecimal share,
            BigDecimal maintenance,
            BigDecimal fee) {
        var legs = parts.stream()
                .map(leg -> new Leg(
                        new Asset(leg.get(0)),
                        Side.valueOf(leg.get(1)),
                        new BigDecimal(leg.get(2)),
                        prices.get(leg.get(0)).low().multiply(new BigDecimal(leg.get(3)))))
                .toList();
        var notional = legs.stream()
                .map(leg -> leg.size().multiply(leg.entryPrice()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var balance = notional.multiply(share);
        return new Case(new Margin(legs, balance, maintenance, fee, balance.movePointLeft(2)), prices);
    }

    private static Margin with(Margin margin, BigDecimal balance) {
        return new Margin(
                margin.legs(), balance, margin.maintenanceRate(), margin.closingFeeRate(), margin.fundingOwed());
    }

    /** Empty when no leg is left. What is closed is closed at the prices of the case. */
    private static Optional<Case> followed(Case any, Advice.Option option) {
        var margin = any.margin();
        return switch (option) {
            case Advice.Option.AddMargin add ->
                Optional.of(any.with(with(margin, margin.balance().add(add.amount()))));
            case Advice.Option.Reduce reduce -> reduced(any, reduce).map(any::with);
            case Advice.Option.Repay ignored -> throw new AssertionError("nothing is owed");
            case Advice.Option.Add ignored -> throw new AssertionError("there is no collateral");
        };
    }

    private static Optional<Margin> reduced(Case any, Advice.Option.Reduce reduce) {
        var margin = any.margin();
        var price = any.prices().get(reduce.asset().symbol()).low();
        var leg = margin.legs().stream()
                .filter(one -> one.asset().equals(reduce.asset()) && one.side() == reduce.side())
                .findFirst()
                .orElseThrow();
        var profit = leg.side() == Side.LONG
                ? price.subtract(leg.entryPrice())
                : leg.entryPrice().subtract(price);
        var fee = price.multiply(margin.closingFeeRate());
        var left = leg.size().subtract(reduce.amount());
        var legs = margin.legs().stream()
                .flatMap(one -> one != leg
                        ? Stream.of(one)
                        : Stream.of(left)
                                .filter(size -> size.signum() > 0)
                                .map(size -> new Leg(one.asset(), one.side(), size, one.entryPrice())))
                .toList();
        var realized = reduce.amount().multiply(profit.subtract(fee));
        var funded = margin.fundingOwed().subtract(realized);
        return legs.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Margin(legs, margin.balance(), margin.maintenanceRate(), margin.closingFeeRate(), funded));
    }

    private static BigDecimal value(Health health) {
        return health.healthFactor().value().orElseThrow();
    }
}
