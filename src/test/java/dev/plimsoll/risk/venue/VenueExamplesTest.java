package dev.plimsoll.risk.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Example;
import dev.plimsoll.risk.Margin.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worked examples of perpetual venues, as each of them computes. */
class VenueExamplesTest {
    private static final BigDecimal LITTLE = new BigDecimal("0.000001");

    @Test
    void p05HyperliquidCountsTheMaintenanceOfTheOtherPositions() {
        var example = Example.of("P05");
        var position = new CrossPosition(
                Side.LONG,
                example.decimalInput("size"),
                example.decimalInput("mark"),
                example.decimalInput("accountValue"),
                example.decimalInput("otherMaintenance"),
                MarginTiers.single(Integer.parseInt(example.input("maxLeverage"))));

        assertThat(position.maintenance()).isEqualByComparingTo(example.decimal("maintenanceThis"));
        assertThat(position.marginAvailable()).isEqualByComparingTo(example.decimal("marginAvailable"));
        assertThat(places(position.liquidationPrice())).isEqualByComparingTo(example.decimal("liquidationPrice"));
    }

    @Test
    void p06DydxLiquidatesWhenMaintenanceIsAboveNetCollateral() {
        var example = Example.of("P06");
        var position = dydx(example);
        var account = new DydxSubaccount(example.integerInput("quoteBalanceQuantums"), List.of(position));

        assertThat(position.initialMarginRequired()).isEqualTo(example.integer("initialMarginQuantums"));
        assertThat(account.maintenanceMarginRequired()).isEqualTo(example.integer("maintenanceMarginQuantums"));
        assertThat(account.netCollateral()).isEqualTo(example.integer("netCollateralQuantums"));
        assertThat(account.isLiquidatable()).isEqualTo(example.flag("liquidatable"));
    }

    @Test
    void netCollateralThatIsExactlyTheMaintenanceIsNotLiquidated() {
        var position = dydx(Example.of("P06"));
        var exactly = position.maintenanceMarginRequired().subtract(position.notional());

        assertThat(new DydxSubaccount(exactly, List.of(position)).isLiquidatable())
                .isFalse();
        assertThat(new DydxSubaccount(exactly.subtract(BigInteger.ONE), List.of(position)).isLiquidatable())
                .isTrue();
    }

    @Test
    void p07TheOraclePriceThatLiquidatesOnDydx() {
        var example = Example.of("P07");

        var price = DydxSubaccount.liquidationPrice(
                example.decimalInput("size"), example.decimalInput("quoteBalance"), example.decimalInput("mmf"));

        assertThat(places(price)).isEqualByComparingTo(example.decimal("liquidationPrice"));
    }

    @Test
    void p08DydxRoundsUpTwice() {
        var example = Example.of("P08");

        assertThat(dydx(example).initialMarginRequired()).isEqualTo(example.integer("initialMarginQuantums"));
        assertThat(dydx(example).maintenanceMarginRequired()).isEqualTo(example.integer("maintenanceMarginQuantums"));
    }

    @Test
    void p09GmxAsksForAShareOfTheSizeAtEntry() {
        var example = Example.of("P09");
        var position = gmx(example, Side.LONG, "collateralUsd");

        assertThat(position.leastCollateral()).isEqualByComparingTo(example.decimal("minCollateralUsdForLeverage"));
        assertThat(places(position.liquidationPrice())).isEqualByComparingTo(example.decimal("liquidationPrice"));
    }

    @Test
    void p10AGmxShort() {
        var example = Example.of("P10");

        assertThat(places(gmx(example, Side.SHORT, "collateralUsd").liquidationPrice()))
                .isEqualByComparingTo(example.decimal("liquidationPrice"));
    }

    @Test
    void p11AGmxLongWithTheIndexTokenAsCollateral() {
        var example = Example.of("P11");
        var position = gmx(example, Side.LONG, "collateralAmount");
        var price = position.liquidationPrice().orElseThrow();

        assertThat(places(position.liquidationPrice())).isEqualByComparingTo(example.decimal("liquidationPrice"));
        assertThat(position.isLiquidatable(price.subtract(LITTLE))).isTrue();
        assertThat(position.isLiquidatable(price.add(LITTLE))).isFalse();
    }

    @Test
    void p12HyperliquidDeductsWhatTheLowerTiersAskLess() {
        var example = Example.of("P12");
        var notional = example.decimalInput("notional");
        var tiers = tiers(example);

        assertThat(tiers.deduction(notional)).isEqualByComparingTo(example.decimal("maintenanceDeduction"));
        assertThat(tiers.maintenance(notional)).isEqualByComparingTo(example.decimal("maintenanceMargin"));
    }

    @Test
    void aPositionThatFallsIntoALowerTierIsLiquidatedByThatTiersRate() {
        var tiers = tiers(Example.of("P12"));
        var position = new CrossPosition(
                Side.LONG,
                new BigDecimal("2000"),
                new BigDecimal("80000"),
                new BigDecimal("40000000"),
                BigDecimal.ZERO,
                tiers);
        var price = position.liquidationPrice().orElseThrow();
        var notional = price.multiply(position.size());
        var lost = position.size().multiply(position.mark()).subtract(notional);

        assertThat(notional).isLessThan(new BigDecimal("150000000"));
        assertThat(position.accountValue()
                        .subtract(lost)
                        .subtract(tiers.maintenance(notional))
                        .abs())
                .isLessThan(LITTLE);
    }

    private static MarginTiers tiers(Example example) {
        return new MarginTiers(List.of(
                new MarginTiers.Tier(BigDecimal.ZERO, Integer.parseInt(example.input("tier0MaxLev"))),
                new MarginTiers.Tier(
                        example.decimalInput("tier1LowerBound"), Integer.parseInt(example.input("tier1MaxLev")))));
    }

    private static DydxSubaccount.Position dydx(Example example) {
        return new DydxSubaccount.Position(
                example.integerInput("notionalQuoteQuantums"),
                Long.parseLong(example.input("initialMarginPpm")),
                Long.parseLong(example.input("maintenanceFractionPpm")));
    }

    private static GmxPosition gmx(Example example, Side side, String collateral) {
        return new GmxPosition(
                side,
                example.decimalInput("sizeInUsd"),
                example.decimalInput("sizeInTokens"),
                example.decimalInput(collateral),
                collateral.equals("collateralAmount"),
                example.decimalInput("minCollateralFactorForLiquidation"),
                example.decimalInput("positionFeeFactor"),
                example.decimalInput("accruedBorrowingAndFundingUsd"));
    }

    private static BigDecimal places(Optional<BigDecimal> price) {
        return price.orElseThrow().setScale(12, RoundingMode.HALF_EVEN);
    }
}
