package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LendingPropertiesTest {
    private static final BigDecimal TARGET = Lending.DEFAULT_TARGET;
    private static final BigDecimal TINY = new BigDecimal("1e-18");

    /** A token's smallest unit may lie beyond the 30 digits we compute to. */
    private static final BigDecimal TWENTIETH_DIGIT = new BigDecimal("1e-20");

    /** A loan of up to three collaterals and two debts, and for each asset a price range. */
    record Case(List<String> collateral, List<String> debt, Map<String, Range> prices) {
        Loan loan() {
            return Given.loan(collateral, debt);
        }

        MarketSnapshot market() {
            return Given.market(prices.entrySet().stream()
                    .map(price -> price.getKey() + " " + price.getValue())
                    .toArray(String[]::new));
        }

        MarketSnapshot with(String asset, BigDecimal price) {
            var moved = new TreeMap<>(prices);
            moved.put(asset, new Range(price, price));
            return new Case(collateral, debt, moved).market();
        }

        Case points() {
            var points = new TreeMap<String, Range>();
            prices.forEach((asset, range) -> points.put(asset, new Range(range.low, range.low)));
            return new Case(collateral, debt, points);
        }
    }

    record Range(BigDecimal low, BigDecimal high) {
        @Override
        public String toString() {
            return low.compareTo(high) == 0 ? low.toPlainString() : low.toPlainString() + ".." + high.toPlainString();
        }
    }

    @Property
    void theLiquidationPriceIsWhereTheHealthFactorIsOne(@ForAll("cases") Case any) {
        var point = any.points();
        var health = health(point, point.market());

        for (var price : health.liquidationPrices()) {
            price.alone().ifPresent(alone -> {
                var there = health(point, point.with(price.asset().symbol(), alone));
                assertThat(value(there).subtract(BigDecimal.ONE).abs()).isLessThan(TINY);
            });
        }
    }

    @Property
    void allTogetherEndsWhereTheHealthFactorIsOne(@ForAll("oneSided") Case any) {
        var point = any.points();
        var health = health(point, point.market());
        var left = BigDecimal.ONE.subtract(health.distance().low().movePointLeft(2));

        if (!health.isLiquidatable()) {
            assertThat(value(health).multiply(left).subtract(BigDecimal.ONE).abs())
                    .isLessThan(TINY);
        }
    }

    @Property
    void eachAdviceAloneReachesTheTargetAtEveryPrice(@ForAll("cases") Case any) {
        var advice = health(any, any.market()).advice();

        for (var option : advice.options()) {
            assertThat(option.healthFactorAfter()).isGreaterThanOrEqualTo(HealthFactor.of(TARGET));
            var after = judge(followed(any.loan(), option), any.market());
            assertThat(after)
                    .satisfiesAnyOf(
                            judgement -> assertThat(judgement).isInstanceOf(Judgement.NoDebt.class),
                            judgement -> assertThat(((Judgement.Judged) judgement)
                                            .health()
                                            .healthFactor())
                                    .isEqualTo(option.healthFactorAfter()));
        }
    }

    @Property
    void adviceIsNoMoreThanNeeded(@ForAll("oneSided") Case any) {
        var health = health(any, any.market());

        for (var option : health.advice().options()) {
            var unit = BigDecimal.ONE.movePointLeft(option.amount().scale());
            var less = option.amount().subtract(unit.max(option.amount().multiply(TWENTIETH_DIGIT)));
            if (less.signum() > 0) {
                var after = (Judgement.Judged) judge(followed(any.loan(), with(option, less)), any.market());
                assertThat(after.health().healthFactor()).isLessThan(HealthFactor.of(TARGET));
            }
        }
    }

    @Property
    void lessCollateralIsNeverSafer(@ForAll("cases") Case any) {
        var before = health(any, any.market()).range();
        var half = any.loan().collateral().stream()
                .map(c -> new Loan.Collateral(
                        c.asset(),
                        c.amount().divide(BigDecimal.TWO),
                        c.threshold(),
                        c.loanToValue(),
                        c.liquidationBonus()))
                .toList();
        var after = ((Judgement.Judged) judge(new Loan(half, any.loan().debt()), any.market()))
                .health()
                .range();

        assertThat(after.low()).isLessThanOrEqualTo(before.low());
        assertThat(after.high()).isLessThanOrEqualTo(before.high());
    }

    @Property
    void theRangeHoldsEveryCornerOfThePrices(@ForAll("cases") Case any) {
        var range = health(any, any.market()).range();

        for (var corner : corners(any)) {
            var there = health(any, corner).healthFactor();
            assertThat(there).isGreaterThanOrEqualTo(range.low()).isLessThanOrEqualTo(range.high());
        }
    }

    @Property
    void theEndsOfTheRangeAreReached(@ForAll("cases") Case any) {
        var range = health(any, any.market()).range();
        var factors = corners(any).stream()
                .map(corner -> health(any, corner).healthFactor())
                .toList();

        assertThat(factors).contains(range.low(), range.high());
    }

    @Property
    void nothingIsShownSaferThanItIs(@ForAll("cases") Case any) {
        var health = health(any, any.market());

        assertThat(health.healthFactor().shown().orElseThrow()).isLessThanOrEqualTo(value(health));
        assertThat(Shown.usdUp(health.debtValue())).isGreaterThanOrEqualTo(health.debtValue());
        assertThat(Shown.usdDown(health.collateralValue())).isLessThanOrEqualTo(health.collateralValue());
        for (var corner : corners(any)) {
            assertThat(health.distance().low())
                    .isLessThanOrEqualTo(health(any, corner).distance().low().add(TINY));
        }
    }

    @Property
    void aShownLiquidationPriceIsNearerThanTheRealOne(@ForAll("cases") Case any) {
        for (var price : health(any, any.market()).liquidationPrices()) {
            var shown = Shown.price(price.nearest(), price.direction());
            var nearer = price.direction() == LiquidationPrice.Direction.BELOW
                    ? shown.compareTo(price.nearest()) >= 0
                    : shown.compareTo(price.nearest()) <= 0;
            assertThat(nearer).isTrue();
        }
    }

    @Property
    void whatMayBeTakenOutLeavesTheTarget(@ForAll("cases") Case any) {
        var health = health(any, any.market());

        for (var free : health.withdrawable()) {
            if (free.amount().signum() > 0) {
                var left = withdrawn(any.loan(), free);
                var after = (Judgement.Judged) judge(left, any.market());
                assertThat(after.health().healthFactor().value().orElseThrow().add(TINY))
                        .isGreaterThanOrEqualTo(TARGET);
            }
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return cases(List.of("ETH", "wstETH", "BTC", "USDC", "RENDER"), List.of("USDC", "ETH", "DAI", "RENDER"));
    }

    @Provide
    Arbitrary<Case> oneSided() {
        return cases(List.of("ETH", "BTC", "RENDER"), List.of("USDC", "DAI", "LINK"));
    }

    private static Arbitrary<Case> cases(List<String> collaterals, List<String> debts) {
        var threshold = Arbitraries.integers().between(300, 950).map(t -> "0." + t);
        var amounts = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.01"), new BigDecimal("5000"))
                .ofScale(4);
        var collateral = Combinators.combine(
                        some(collaterals, 3),
                        amounts.list().ofSize(3),
                        threshold.list().ofSize(3))
                .as((assets, many, weights) -> legs(assets, many, weights));
        var debt = Combinators.combine(some(debts, 2), amounts.list().ofSize(2))
                .as((assets, many) -> legs(assets, many, List.of("", "")));
        return Combinators.combine(collateral, debt, prices()).as(Case::new);
    }

    private static Arbitrary<List<String>> some(List<String> assets, int most) {
        return Arbitraries.of(assets).list().uniqueElements().ofMinSize(1).ofMaxSize(most);
    }

    private static List<String> legs(List<String> assets, List<BigDecimal> amounts, List<String> weights) {
        var legs = new ArrayList<String>();
        for (var i = 0; i < assets.size(); i++) {
            legs.add((amounts.get(i).toPlainString() + " " + assets.get(i) + " " + weights.get(i)).trim());
        }
        return legs;
    }

    private static Arbitrary<Map<String, Range>> prices() {
        var all = List.of("ETH", "wstETH", "BTC", "USDC", "DAI", "LINK", "RENDER");
        var low = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.01"), new BigDecimal("90000"))
                .ofScale(4);
        var spread = Arbitraries.of("1", "1", "1.01", "1.3").map(BigDecimal::new);
        return Combinators.combine(low.list().ofSize(all.size()), spread.list().ofSize(all.size()))
                .as((lows, spreads) -> {
                    var prices = new TreeMap<String, Range>();
                    for (var i = 0; i < all.size(); i++) {
                        prices.put(
                                all.get(i), new Range(lows.get(i), lows.get(i).multiply(spreads.get(i))));
                    }
                    return prices;
                });
    }

    private static List<MarketSnapshot> corners(Case any) {
        var assets = any.loan().assets().stream().map(asset -> asset.symbol()).toList();
        var corners = new ArrayList<MarketSnapshot>();
        for (var bits = 0; bits < 1 << assets.size(); bits++) {
            var prices = new TreeMap<>(any.prices());
            for (var i = 0; i < assets.size(); i++) {
                var range = any.prices().get(assets.get(i));
                var end = (bits >> i & 1) == 0 ? range.low() : range.high();
                prices.put(assets.get(i), new Range(end, end));
            }
            corners.add(new Case(any.collateral(), any.debt(), prices).market());
        }
        return corners;
    }

    private static Health health(Case any, MarketSnapshot market) {
        return ((Judgement.Judged) judge(any.loan(), market)).health();
    }

    private static BigDecimal value(Health health) {
        return health.healthFactor().value().orElseThrow();
    }

    private static Advice.Option with(Advice.Option option, BigDecimal amount) {
        return switch (option) {
            case Advice.Option.Repay repay -> new Advice.Option.Repay(repay.asset(), amount, repay.healthFactorAfter());
            case Advice.Option.Add add -> new Advice.Option.Add(add.asset(), amount, add.healthFactorAfter());
            case Advice.Option.AddMargin ignored -> throw new AssertionError("a loan has no margin");
            case Advice.Option.Reduce ignored -> throw new AssertionError("a loan has no legs");
        };
    }

    private static Loan followed(Loan loan, Advice.Option option) {
        return switch (option) {
            case Advice.Option.Repay repay -> new Loan(loan.collateral(), repaid(loan, repay));
            case Advice.Option.Add add -> new Loan(changed(loan, add.asset().symbol(), add.amount()), loan.debt());
            case Advice.Option.AddMargin ignored -> throw new AssertionError("a loan has no margin");
            case Advice.Option.Reduce ignored -> throw new AssertionError("a loan has no legs");
        };
    }

    private static List<Loan.Debt> repaid(Loan loan, Advice.Option.Repay repay) {
        return loan.debt().stream()
                .filter(debt ->
                        !debt.asset().equals(repay.asset()) || debt.amount().compareTo(repay.amount()) > 0)
                .map(debt -> debt.asset().equals(repay.asset())
                        ? new Loan.Debt(debt.asset(), debt.amount().subtract(repay.amount()), debt.annualRate())
                        : debt)
                .toList();
    }

    private static Loan withdrawn(Loan loan, Withdrawable free) {
        return new Loan(changed(loan, free.asset().symbol(), free.amount().negate()), loan.debt());
    }

    private static List<Loan.Collateral> changed(Loan loan, String asset, BigDecimal by) {
        return loan.collateral().stream()
                .filter(c ->
                        !c.asset().symbol().equals(asset) || c.amount().add(by).signum() > 0)
                .map(c -> c.asset().symbol().equals(asset)
                        ? new Loan.Collateral(
                                c.asset(), c.amount().add(by), c.threshold(), c.loanToValue(), c.liquidationBonus())
                        : c)
                .toList();
    }
}
