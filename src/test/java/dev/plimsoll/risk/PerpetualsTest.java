package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.health;
import static dev.plimsoll.risk.Given.judge;
import static dev.plimsoll.risk.Given.leg;
import static dev.plimsoll.risk.Given.margin;
import static dev.plimsoll.risk.Given.market;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerpetualsTest {
    private static final Margin LONG = margin("5000", "0.05", "1 BTC long 50000");
    private static final Margin SHORT = margin("5000", "0.05", "1 BTC short 50000");

    @Test
    void p01ALongIsLiquidatedByAFall() {
        var price = only(health(LONG, "BTC 50000"));

        assertThat(price.direction()).isEqualTo(LiquidationPrice.Direction.BELOW);
        assertThat(places(price.nearest())).isEqualByComparingTo(expected("P01"));
    }

    @Test
    void p02AShortIsLiquidatedByARise() {
        var price = only(health(SHORT, "BTC 50000"));

        assertThat(price.direction()).isEqualTo(LiquidationPrice.Direction.ABOVE);
        assertThat(places(price.nearest())).isEqualByComparingTo(expected("P02"));
    }

    @Test
    void p03TheSimplerFormulaOnTheEntryPriceIsAnotherConvention() {
        var simpler = new BigDecimal("50000").multiply(new BigDecimal("0.95"));

        assertThat(simpler).isEqualByComparingTo(expected("P03"));
        assertThat(only(health(LONG, "BTC 50000")).nearest()).isLessThan(simpler);
    }

    @Test
    void p04FundingAndTheClosingFeeCount() {
        var paying = new Margin(
                List.of(leg("5 ETH long 2000")),
                new BigDecimal("1000"),
                new BigDecimal("0.01"),
                new BigDecimal("0.0006"),
                new BigDecimal("120"));

        assertThat(places(only(health(paying, "ETH 2000")).nearest())).isEqualByComparingTo(expected("P04"));
    }

    @Test
    void theHealthFactorIsEquityOverMaintenanceAndFee() {
        var health = health(LONG, "BTC 48000");

        assertThat(health.healthFactor()).isEqualTo(HealthFactor.of("1.25"));
        assertThat(health.equity()).isEqualByComparingTo("3000");
        assertThat(health.margin().orElseThrow().marginRatio()).hasValue(new BigDecimal("0.0625"));
    }

    @Test
    void equityThatJustCoversMaintenanceIsNotLiquidatedYet() {
        var exactly = margin("2400", "0.05", "1 BTC long 48000");

        assertThat(health(exactly, "BTC 48000").healthFactor()).isEqualTo(HealthFactor.of("1"));
        assertThat(health(exactly, "BTC 48000").isLiquidatable()).isFalse();
        assertThat(health(exactly, "BTC 47999.99").isLiquidatable()).isTrue();
    }

    @Test
    void whenMoreThanTheMarginIsGoneTheHealthFactorIsZeroAndTheEquitySaysHowMuch() {
        var health = health(LONG, "BTC 44000");

        assertThat(health.healthFactor()).isEqualTo(HealthFactor.ZERO);
        assertThat(health.equity()).isEqualByComparingTo("-1000");
        assertThat(health.distance().low()).isZero();
    }

    @Test
    void whatDisagreesIsTakenAtTheWorseEnd() {
        assertThat(health(LONG, "BTC 48000..50000").healthFactor()).isEqualTo(HealthFactor.of("1.25"));
        assertThat(health(SHORT, "BTC 50000..52000").healthFactor())
                .isEqualTo(health(SHORT, "BTC 52000").healthFactor());
    }

    @Test
    void withoutAPriceNobodyKnows() {
        assertThat(judge(LONG, market("BTC ?"))).isInstanceOf(Judgement.Unknown.class);
        assertThat(judge(SHORT, market("BTC ?"))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void aLongThatIsPaidInFullIsNeverLiquidated() {
        var paid = margin("50000", "0.05", "1 BTC long 50000");

        var health = health(paid, "BTC 100");

        assertThat(health.isLiquidatable()).isFalse();
        assertThat(health.liquidationPrices()).isEmpty();
        assertThat(health.distance().low()).isEqualByComparingTo("100");
    }

    @Test
    void legsOnOneMarginCarryEachOther() {
        var cross = margin("6000", "0.03", "1 BTC long 50000", "10 ETH short 3000");

        var health = health(cross, "BTC 50000", "ETH 3000");

        assertThat(health.healthFactor()).isEqualTo(HealthFactor.of("2.5"));
        assertThat(price(health, "BTC").direction()).isEqualTo(LiquidationPrice.Direction.BELOW);
        assertThat(price(health, "ETH").direction()).isEqualTo(LiquidationPrice.Direction.ABOVE);
        assertThat(health.distance().low().setScale(2, RoundingMode.DOWN)).isEqualByComparingTo("7.42");
    }

    @Test
    void aGroupMovesAsOne() {
        var both = margin("3000", "0.03", "5 ETH long 3000", "4 wstETH long 3600");

        var price = price(health(both, "ETH 3000", "wstETH 3600"), "ETH");

        assertThat(price.together().orElseThrow()).isGreaterThan(price.alone().orElseThrow());
    }

    @Test
    void aHedgeWithinAGroupIsNotLiquidatedByItsMoves() {
        var hedged = margin("3000", "0.03", "5 ETH long 3000", "4.1 wstETH short 3600");

        var price = price(health(hedged, "ETH 3000", "wstETH 3600"), "ETH");

        assertThat(price.alone()).isPresent();
        assertThat(price.together()).isEmpty();
    }

    @Test
    void bothSidesOfOneAssetStandTogether() {
        var both = margin("500", "0.05", "2 ETH long 3000", "1 ETH short 3000");

        var health = health(both, "ETH 3000");

        assertThat(health.margin().orElseThrow().notional()).isEqualByComparingTo("9000");
        assertThat(health.healthFactor().shown()).hasValue(new BigDecimal("1.1111"));
    }

    @Test
    void adviceIsMarginToAddOrSizeToClose() {
        var advice = health(LONG, "BTC 48000").advice();

        assertThat(advice.options())
                .extracting(option -> option.amount().toPlainString())
                .containsExactly("600.00", "0.16666667");
        assertThat(advice.ifNothing().usd()).isEqualByComparingTo("2400");
    }

    @Test
    void aLegTooSmallToHelpIsNotAdvised() {
        var cross = margin("2000", "0.05", "1 BTC long 50000", "0.001 ETH short 3000");

        var options = health(cross, "BTC 50000", "ETH 3000").advice().options();

        assertThat(options).extracting(Advice.Option::asset).doesNotContain(new Asset("ETH"));
    }

    @Test
    void whatAShortLosesIsCountedWhereItIsLiquidatedAndNotToday() {
        var today = health(SHORT, "BTC 50000");
        var there = only(today).nearest().setScale(6, RoundingMode.UP).toPlainString();

        assertThat(today.lossAtLiquidation().usd())
                .isGreaterThan(new BigDecimal("2500"))
                .isGreaterThanOrEqualTo(
                        health(SHORT, "BTC " + only(today).nearest().toPlainString())
                                .equity());
        assertThat(today.lossAtLiquidation().usd().setScale(3, RoundingMode.HALF_UP))
                .isEqualByComparingTo(
                        health(SHORT, "BTC " + there).lossAtLiquidation().usd().setScale(3, RoundingMode.HALF_UP));
    }

    @Test
    void whatALongLosesIsCountedToday() {
        assertThat(health(LONG, "BTC 50000").lossAtLiquidation().usd()).isEqualByComparingTo("2500");
    }

    @Test
    void whatAHedgedGroupLosesIsCountedWhereItsRiseLiquidates() {
        var hedged = margin("3000", "0.03", "3 ETH long 3000", "4 wstETH short 3600");
        var today = health(hedged, "ETH 3000", "wstETH 3600");

        var together = price(today, "wstETH").together().orElseThrow();
        var risen = together.divide(new BigDecimal("3600"), Precision.WORK);
        var notional = new BigDecimal("23400").multiply(risen).multiply(new BigDecimal("0.03"));

        assertThat(today.lossAtLiquidation().usd()).isCloseTo(notional, within(new BigDecimal("1e-6")));
    }

    private static LiquidationPrice only(Health health) {
        assertThat(health.liquidationPrices()).hasSize(1);
        return health.liquidationPrices().getFirst();
    }

    private static LiquidationPrice price(Health health, String asset) {
        return health.liquidationPrices().stream()
                .filter(price -> price.asset().equals(new Asset(asset)))
                .findFirst()
                .orElseThrow();
    }

    private static BigDecimal places(BigDecimal number) {
        return number.setScale(12, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal expected(String id) {
        return new BigDecimal(Example.of(id).expected("liquidationPrice"));
    }
}
