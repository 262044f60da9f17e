package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.health;
import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.risk.Loan.Collateral;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The worked examples of lending in general, to 12 decimals. */
class WorkedExamplesTest {
    @Test
    void s01OneEthAgainstAStableDebt() {
        var health = health(loan("1 ETH 0.75", "1500 USDC"), "ETH 3000", "USDC 1");

        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("S01", "liquidationPrice"));
        assertThat(factor(health)).isEqualByComparingTo(expected("S01", "healthFactor"));
        assertThat(places(health.distance().low())).isEqualByComparingTo(expected("S01", "distancePct"));
    }

    @Test
    void s02ALiquidationRatio() {
        var health = health(inNotation("10", LiquidationThreshold.ratio("1.5"), "5000"), "ETH 1000", "USDC 1");

        assertThat(health.collateralRatio().orElseThrow()).isEqualByComparingTo(expected("S02", "collateralRatio"));
        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("S02", "liquidationPrice"));
        assertThat(factor(health)).isEqualByComparingTo(expected("S02", "healthFactor"));
        assertThat(places(health.distance().low())).isEqualByComparingTo(expected("S02", "distancePct"));
    }

    @Test
    void s03TheFormulaGivesACollateralValue() {
        var health = health(loan("1 ETH 0.8", "5000 USDC"), "ETH 10000", "USDC 1");

        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("S03", "liquidationCollateralValue"));
        assertThat(factor(health)).isEqualByComparingTo(expected("S03", "healthFactor"));
        assertThat(places(health.distance().low())).isEqualByComparingTo(expected("S03", "distancePct"));
    }

    @Test
    void s04ABonusDoesNotMoveTheTrigger() {
        var atBadDebt = health(withBonus("0.05"), "ETH " + expected("S04", "badDebtPrice"), "USDC 1");

        assertThat(alone(atBadDebt, "ETH")).isEqualByComparingTo(expected("S04", "correctLiquidationPrice"));
        assertThat(atBadDebt.equity())
                .isEqualByComparingTo(atBadDebt.lossAtLiquidation().usd());
    }

    @Test
    void s05AndS06AndS09TheMostDebtThatARatioCarries() {
        assertThat(places(weight("1.5").multiply(new BigDecimal("10000"))))
                .isEqualByComparingTo(expected("S05", "maxDebt"));
        assertThat(places(weight("1.5").multiply(new BigDecimal("1000"))))
                .isEqualByComparingTo(expected("S06", "maxDebt150"));
        assertThat(places(weight("1.1").multiply(new BigDecimal("1000"))))
                .isEqualByComparingTo(expected("S06", "maxDebt110"));
        assertThat(places(weight("1.5"))).isEqualByComparingTo(expected("S09", "maxLtv"));
    }

    @Test
    void s07ARatioDividesTheCollateral() {
        var health = health(inNotation("1", LiquidationThreshold.ratio("1.5"), "5000"), "ETH 10000", "USDC 1");

        assertThat(factor(health)).isEqualByComparingTo(expected("S07", "correctHealthFactor"));
    }

    @Test
    void s08AMarginIsWhatAThresholdLeaves() {
        var margin = LiquidationThreshold.margin("0.2");
        var health = health(inNotation("10", margin, "5000"), "ETH 1000", "USDC 1");

        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("S08", "liquidationPrice"));
        assertThat(margin.weight()).isEqualByComparingTo(expected("S08", "equivalentLt"));
        assertThat(weight(expected("S08", "equivalentMat").toPlainString())).isEqualByComparingTo(margin.weight());
    }

    @Test
    void l01TwoCollateralsAloneAndTogether() {
        var health = health(twoCollaterals("30000"), "ETH 3000", "BTC 60000", "USDC 1");

        assertThat(factor(health)).isEqualByComparingTo(expected("L01", "healthFactor"));
        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("L01", "ethAlone"));
        assertThat(alone(health, "BTC")).isEqualByComparingTo(expected("L01", "btcAlone"));
        assertThat(places(health.distance().low())).isEqualByComparingTo(expected("L01", "allTogetherDropPct"));
    }

    @Test
    void l02OneOfTwoCollateralsAloneCanNeverLiquidate() {
        var health = health(twoCollaterals("20000"), "ETH 3000", "BTC 60000", "USDC 1");

        assertThat(factor(health)).isEqualByComparingTo(expected("L02", "healthFactor"));
        assertThat(text("L02", "ethAlone")).isEqualTo("never");
        assertThat(health.liquidationPrices()).noneMatch(price -> price.asset().equals(new Asset("ETH")));
    }

    @Test
    void l03VolatileDebtHasThreePrices() {
        var health = health(loan("1 BTC 0.78", "10 ETH"), "BTC 60000", "ETH 3000");

        assertThat(factor(health)).isEqualByComparingTo(expected("L03", "healthFactor"));
        assertThat(alone(health, "BTC")).isEqualByComparingTo(expected("L03", "btcFallPrice"));
        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("L03", "ethRisePrice"));
        assertThat(health.relativePrices()).singleElement().satisfies(relative -> {
            assertThat(relative.in()).isEqualTo(new Asset("ETH"));
            assertThat(places(relative.price())).isEqualByComparingTo(expected("L03", "relativePriceEthPerBtc"));
        });
    }

    @Test
    void l04TheSameAssetOnBothSides() {
        var health = health(loan(List.of("10 ETH 0.8"), List.of("3 ETH", "5000 USDC")), "ETH 3000", "USDC 1");

        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("L04", "liquidationPrice"));
        assertThat(factor(health)).isEqualByComparingTo(expected("L04", "healthFactor"));
    }

    @Test
    void l05MoreDebtThanCollateralOfAnAssetLiquidatesOnARise() {
        var health = health(loan(List.of("10 ETH 0.8", "20000 USDC 0.75"), List.of("9 ETH")), "ETH 3000", "USDC 1");

        assertThat(factor(health)).isEqualByComparingTo(expected("L05", "healthFactor"));
        assertThat(alone(health, "ETH")).isEqualByComparingTo(expected("L05", "liquidationPriceUp"));
        assertThat(price(health, "ETH").direction().name()).isEqualToIgnoringCase(text("L05", "direction"));
    }

    @Test
    void l06ALoopHangsOnTheRateAlone() {
        var health = health(loan("100 wstETH 0.95", "100 ETH"), "wstETH 3600", "ETH 3000");

        assertThat(factor(health)).isEqualByComparingTo(expected("L06", "healthFactor"));
        assertThat(health.relativePrices())
                .singleElement()
                .satisfies(relative ->
                        assertThat(places(relative.price())).isEqualByComparingTo(expected("L06", "liquidationRate")));
        assertThat(health.liquidationPrices())
                .allMatch(price -> price.together().isEmpty());
    }

    @Test
    void l07AndL08InterestAloneTakesItsTime() {
        var withoutYield =
                new Countdown(Map.of(0.0, 1.02), Map.of(0.05, 1.0)).years().orElseThrow();
        var withYield =
                new Countdown(Map.of(0.03, 1.02), Map.of(0.05, 1.0)).years().orElseThrow();

        assertThat(withoutYield).isCloseTo(expected("L07", "years").doubleValue(), within(1e-8));
        assertThat(withoutYield * 365).isCloseTo(expected("L07", "days").doubleValue(), within(1e-5));
        assertThat(withYield).isCloseTo(expected("L08", "years").doubleValue(), within(1e-8));
    }

    private static Loan twoCollaterals(String debt) {
        return loan(List.of("10 ETH 0.83", "0.5 BTC 0.78"), List.of(debt + " USDC"));
    }

    private static Loan inNotation(String eth, LiquidationThreshold threshold, String debt) {
        return new Loan(
                List.of(new Collateral(
                        new Asset("ETH"), new BigDecimal(eth), threshold, Optional.empty(), Optional.empty())),
                List.of(Given.debt(debt + " USDC")));
    }

    private static Loan withBonus(String bonus) {
        return new Loan(
                List.of(new Collateral(
                        new Asset("ETH"),
                        BigDecimal.TEN,
                        LiquidationThreshold.threshold("0.8"),
                        Optional.empty(),
                        Optional.of(new BigDecimal(bonus)))),
                List.of(Given.debt("15000 USDC")));
    }

    private static BigDecimal weight(String ratio) {
        return LiquidationThreshold.ratio(ratio).weight();
    }

    private static BigDecimal factor(Health health) {
        return places(health.healthFactor().value().orElseThrow());
    }

    private static BigDecimal alone(Health health, String asset) {
        return places(price(health, asset).alone().orElseThrow());
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

    private static BigDecimal expected(String id, String field) {
        return new BigDecimal(text(id, field));
    }

    private static String text(String id, String field) {
        return Example.of(id).expected(field);
    }
}
