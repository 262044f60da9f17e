package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.ASSETS;
import static dev.plimsoll.risk.Given.NOON;
import static dev.plimsoll.risk.Given.health;
import static dev.plimsoll.risk.Given.judge;
import static dev.plimsoll.risk.Given.loan;
import static dev.plimsoll.risk.Given.market;
import static dev.plimsoll.risk.Given.marketAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LendingTest {
    private static final Loan ETH_LOAN = loan("10 ETH 0.825", "20000 USDC");

    @Test
    void theExampleOfTheApiComesOutAsWritten() {
        var health = health(ETH_LOAN, "ETH 2981.11", "USDC 1");

        assertThat(health.healthFactor().shown()).hasValue(new BigDecimal("1.2297"));
        assertThat(Shown.ratioUp(health.loanToValue().orElseThrow())).isEqualTo("0.6709");
        assertThat(Shown.ratioDown(health.collateralRatio().orElseThrow())).isEqualTo("1.4905");
        assertThat(Shown.usdDown(health.collateralValue())).isEqualTo("29811.10");
        assertThat(Shown.usdDown(health.equity())).isEqualTo("9811.10");
        assertThat(Shown.percentDown(health.distance().low())).isEqualTo("18.67");
    }

    @Test
    void exactlyOneIsSafe() {
        var atTheEdge = health(loan("1 ETH 0.8", "2400 USDC"), "ETH 3000", "USDC 1");
        var justBelow = health(loan("1 ETH 0.8", "2400.000001 USDC"), "ETH 3000", "USDC 1");

        assertThat(atTheEdge.isLiquidatable()).isFalse();
        assertThat(justBelow.isLiquidatable()).isTrue();
    }

    /** 1 ETH backs 2,400; the USDC alone is 3,000: whatever LINK costs, it is liquidatable. */
    @Test
    void aLoanUnderWaterIsAtDistanceZeroFromEveryAssetOfIt() {
        var underWater =
                health(loan(List.of("1 ETH 0.8"), List.of("3000 USDC", "10 LINK")), "ETH 3000", "USDC 1", "LINK 20");

        var distance = underWater.distance(new Asset("LINK")).orElseThrow();

        assertThat(distance.low()).isZero();
        assertThat(distance.high().orElseThrow()).isZero();
    }

    @Test
    void exactlyAtARatioThatHasNoDecimalIsSafeToo() {
        var collateral = new Loan.Collateral(
                new Asset("ETH"),
                BigDecimal.ONE,
                LiquidationThreshold.ratio("1.5"),
                Optional.empty(),
                Optional.empty());
        var health = health(new Loan(List.of(collateral), List.of(Given.debt("2000 USDC"))), "ETH 3000", "USDC 1");

        assertThat(health.healthFactor()).isEqualTo(HealthFactor.of("1"));
    }

    @Test
    void withoutDebtNothingCanBeLiquidated() {
        var judgement = judge(loan(List.of("10 ETH 0.825"), List.of()), market("ETH ?"));

        assertThat(judgement).isInstanceOf(Judgement.NoDebt.class);
    }

    @Test
    void withoutCollateralADebtIsLiquidatable() {
        var health = health(loan(List.of(), List.of("1 USDC")), "USDC 1");

        assertThat(health.healthFactor()).isEqualTo(HealthFactor.ZERO);
        assertThat(health.isLiquidatable()).isTrue();
    }

    @Test
    void sourcesThatDisagreeLeaveARangeAndTheDangerousEndIsShown() {
        var health = health(ETH_LOAN, "ETH 2900..3000", "USDC 0.99..1.01");

        assertThat(health.range().low().shown()).hasValue(new BigDecimal("1.1844"));
        assertThat(health.range().high().shown()).hasValue(new BigDecimal("1.2500"));
        assertThat(health.healthFactor()).isEqualTo(health.range().low());
        assertThat(health.collateralValue()).isEqualByComparingTo("29000");
        assertThat(health.debtValue()).isEqualByComparingTo("20200");
    }

    @Test
    void anAssetOnBothSidesHasOnePriceNotTwo() {
        var health = health(loan(List.of("10 ETH 0.8"), List.of("5 ETH")), "ETH 2000..4000");

        assertThat(health.range().low()).isEqualTo(HealthFactor.of("1.6"));
        assertThat(health.range().high()).isEqualTo(HealthFactor.of("1.6"));
    }

    @Test
    void withoutAnyPriceAnIndebtedLoanIsUnknown() {
        assertThat(judge(ETH_LOAN, market())).isInstanceOf(Judgement.Unknown.class);
        assertThat(judge(ETH_LOAN, market("ETH ?", "USDC 1")))
                .isEqualTo(new Judgement.Unknown(
                        "no believable price of ETH: 1 of 2 price families",
                        Set.of(new Cause.Unpriced(new Asset("ETH")))));
        assertThat(judge(ETH_LOAN, market("ETH 3000", "USDC ?"))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void dustWithoutAPriceBlindsNeitherOnOneSideNorOnTheOther() {
        var dustyCollateral = loan(List.of("10 ETH 0.825", "0.01 RENDER 0.5"), List.of("20000 USDC"));
        var dustyDebt = loan(List.of("10 ETH 0.825"), List.of("20000 USDC", "0.01 RENDER"));

        assertThat(health(dustyCollateral, "ETH 3000", "USDC 1", "RENDER ?").healthFactor())
                .isEqualTo(HealthFactor.of("1.2375"));
        assertThat(health(dustyDebt, "ETH 3000", "USDC 1", "RENDER ?")
                        .healthFactor()
                        .shown())
                .hasValue(new BigDecimal("1.2368"));
    }

    @Test
    void aLegThatCouldSaveOrSinkTheLoanMakesItUnknown() {
        var sunkWithout = loan(List.of("10 ETH 0.825", "5000 RENDER 0.5"), List.of("30000 USDC"));
        var safeWithout = loan(List.of("10 ETH 0.825", "5000 RENDER 0.5"), List.of("20000 USDC"));
        var owing = loan(List.of("10 ETH 0.825"), List.of("5000 RENDER"));

        assertThat(judge(sunkWithout, market("ETH 3000", "USDC 1", "RENDER ?"))).isInstanceOf(Judgement.Unknown.class);
        assertThat(judge(safeWithout, market("ETH 3000", "USDC 1", "RENDER ?"))).isInstanceOf(Judgement.Judged.class);
        assertThat(judge(owing, market("ETH 3000", "RENDER ?"))).isInstanceOf(Judgement.Unknown.class);
    }

    @Test
    void whatIsLiquidatableAtAnyPriceOfTheRestIsNotUnknown() {
        var health = health(
                loan(List.of("10 ETH 0.825"), List.of("30000 USDC", "5000 RENDER")), "ETH 3000", "USDC 1", "RENDER ?");

        assertThat(health.range().isCertainlyLiquidatable()).isTrue();
        assertThat(health.healthFactor()).isEqualTo(HealthFactor.ZERO);
    }

    @Test
    void anAssetThatLeftTheAssetFileIsUnknownNotAnError() {
        assertThat(judge(loan("10 GONE 0.825", "20000 USDC"), market("USDC 1")))
                .isEqualTo(new Judgement.Unknown(
                        "not in the asset file: GONE", Set.of(new Cause.Unlisted(new Asset("GONE")))));
    }

    @Test
    void debtGrowsWithItsRate() {
        var loan = loan("10 ETH 0.825", "20000 USDC 0.05");
        var afterAYear = marketAt(NOON.plus(Duration.ofDays(365)), "ETH 3000", "USDC 1");
        var judged = (Judgement.Judged) Lending.judge(loan, NOON, afterAYear, ASSETS, Lending.DEFAULT_TARGET);

        assertThat(Shown.usdUp(judged.health().debtValue())).isEqualTo("21025.43");
    }

    @Test
    void interestAloneGetsThereInItsTime() {
        var health = health(loan("10 ETH 0.825", "20000 USDC 0.05"), "ETH 2500", "USDC 1");

        assertThat(health.timeToLiquidation())
                .hasValueSatisfying(time -> assertThat(time.toDays()).isEqualTo(224));
        assertThat(health(ETH_LOAN, "ETH 2500", "USDC 1").timeToLiquidation()).isEmpty();
    }

    /** ln 2.2 / (10 - 9.99) years; e to the 788 is more than a double carries. */
    @Test
    void nobodyIsToldThatTheEndIsNearForHighRatesOnBothSides() {
        var plain = Given.collateral("10 ETH 0.8");
        var earning = new Loan.Collateral(
                plain.asset(),
                plain.amount(),
                plain.threshold(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BigDecimal("9.99")));
        var loan = new Loan(List.of(earning), List.of(Given.debt("12000 USDC 10")));

        assertThat(health(loan, "ETH 3300", "USDC 1").timeToLiquidation())
                .hasValueSatisfying(time -> assertThat(time.toDays()).isEqualTo(28778));
    }

    @Test
    void aGroupMovesTogetherAndIsNearerThanOneAlone() {
        var health = health(
                loan(List.of("5 ETH 0.8", "5 wstETH 0.8"), List.of("20000 USDC")), "ETH 3000", "wstETH 3600", "USDC 1");

        assertThat(health.liquidationPrices().getFirst().asset()).isEqualTo(new Asset("ETH"));
        assertThat(health.liquidationPrices().getFirst().alone().orElseThrow()).isEqualByComparingTo("1400");
        assertThat(Shown.percentDown(health.liquidationPrices().getFirst().distancePercent()))
                .isEqualTo("24.24");
    }

    @Test
    void borrowingLimitsAreAbsentUnlessEveryCollateralStatesItsOwn() {
        var stated = new Loan(
                List.of(new Loan.Collateral(
                        new Asset("ETH"),
                        BigDecimal.TEN,
                        LiquidationThreshold.threshold("0.825"),
                        Optional.of(new BigDecimal("0.8")),
                        Optional.empty())),
                List.of(Given.debt("20000 USDC")));

        assertThat(health(stated, "ETH 3000", "USDC 1").maxBorrow())
                .hasValueSatisfying(room -> assertThat(room).isEqualByComparingTo("4000"));
        assertThat(health(ETH_LOAN, "ETH 3000", "USDC 1").maxBorrow()).isEmpty();
    }

    @Test
    void whatMayBeTakenOutKeepsTheTarget() {
        var health = health(loan("10 ETH 0.8", "10000 USDC"), "ETH 3000", "USDC 1");

        assertThat(health.withdrawable())
                .singleElement()
                .satisfies(free -> assertThat(free.amount()).isEqualByComparingTo("3.75"));
    }

    /** Liquidation nears when ether falls, but the target of 1.5 and a limit of new debt when it rises. */
    @Test
    void ofAnAssetOnBothSidesTheWorseEndCountsForWhatIsAsked() {
        var loan = new Loan(
                List.of(
                        stating("10 ETH 0.8", "0.5"), // 7 owed: more than half of it
                        stating("100000 USDC 0.9", "0.8")),
                List.of(Given.debt("7 ETH"), Given.debt("30000 DAI")));

        var health = health(loan, "ETH 2800..3200", "USDC 1", "DAI 1");

        assertThat(health.maxBorrow())
                .hasValueSatisfying(room -> assertThat(room).isEqualByComparingTo("43600")); // at 3200; 44400 at 2800
        assertThat(health.withdrawable().getLast().amount())
                .isEqualByComparingTo("41111.111111"); // (90000 - 45000 - 2.5 * 3200) / 0.9
    }

    private static Loan.Collateral stating(String leg, String loanToValue) {
        var plain = Given.collateral(leg);
        return new Loan.Collateral(
                plain.asset(),
                plain.amount(),
                plain.threshold(),
                Optional.of(new BigDecimal(loanToValue)),
                plain.liquidationBonus());
    }

    @Test
    void whoOwesNothingMayTakeOutAllToTheLastUnit() {
        var loan = new Loan(
                List.of(new Loan.Collateral(
                        new Asset("LINK"),
                        new BigDecimal("32155.18201"),
                        LiquidationThreshold.ratio("1.84"),
                        Optional.of(new BigDecimal("0.07")),
                        Optional.empty())),
                List.of());
        var health = ((Judgement.NoDebt) Given.judge(loan, Given.market("LINK 73.917403"))).health();

        assertThat(health.withdrawable())
                .singleElement()
                .satisfies(free -> assertThat(free.amount()).isEqualByComparingTo("32155.18201"));
    }
}
