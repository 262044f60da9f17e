package dev.plimsoll.alert;

import static dev.plimsoll.risk.Given.NOON;
import static dev.plimsoll.risk.Given.loan;
import static dev.plimsoll.risk.Given.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.Text.Figure;
import dev.plimsoll.alert.Transition.Worsened.How;
import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Transition FIRED =
            new Transition.Fired(1, Severity.WARNING, NOON, Transition.Fired.How.CROSSED);
    private static final Loan ETH_LOAN = loan("10 ETH 0.825", "20000 USDC");

    @Test
    void itSaysHowFarAtWhatPriceWhatToDoAndWhatNothingCosts() {
        assertThat(text(FIRED, ETH_LOAN, market("ETH 2981.11", "USDC 1")))
                .isEqualTo("ETH loan is at health factor 1.22. ETH must fall 18.6 % to 2,424.25 USD to be liquidated."
                        + " Liquidation would cost about 2,000 USD (assuming a bonus of 10 % on the whole debt)."
                        + " Cheapest: repay 3,603.90 USDC to be at 1.50. Or: add 2.1981 ETH.");
    }

    @Test
    void volatileDebtSaysTheRiseToo() {
        assertThat(text(FIRED, loan("1 BTC 0.78", "10 ETH"), market("BTC 50000", "ETH 3000")))
                .contains("BTC must fall 23.0 % to 38,461.54 USD, or ETH must rise 30.0 % to 3,900.00 USD"
                        + " to be liquidated.");
    }

    @Test
    void severalCollateralsSayTheFallOfAllAndOfOneAlone() {
        var loan = loan(List.of("10 ETH 0.83", "0.5 BTC 0.78"), List.of("30000 USDC"));

        assertThat(text(FIRED, loan, market("ETH 3000", "BTC 60000", "USDC 1")))
                .contains("All collateral must fall 37.8 % together, or ETH must alone fall 73.4 % to 795.19 USD"
                        + " to be liquidated.");
    }

    @Test
    void worseningSaysHow() {
        var market = market("ETH 2981.11", "USDC 1");

        assertThat(text(worsened(How.CROSSED), ETH_LOAN, market))
                .startsWith("Now critical: ETH loan is at health factor 1.22.");
        assertThat(text(worsened(How.WORSENED), ETH_LOAN, market))
                .startsWith("Half as far as last told: ETH loan is at health factor 1.22.");
        assertThat(text(worsened(How.LIQUIDATABLE), ETH_LOAN, market("ETH 2400", "USDC 1")))
                .startsWith(
                        "Liquidatable: ETH loan is at health factor 0.99. It can be liquidated now. Liquidation would cost");
    }

    @Test
    void theOnlyWayOutIsASentenceToo() {
        var lost = Given.margin("100", "0.03", "5 ETH long 3000");

        assertThat(text(FIRED, lost, market("ETH 2640")))
                .contains("It can be liquidated now.")
                .endsWith(" To be at 1.50: add 2,294.00 USD of margin.");
    }

    @Test
    void aRepeatSaysThatItStillIs() {
        assertThat(text(
                        new Transition.Repeated(2, Severity.WARNING, NOON, Transition.Repeated.Why.REPEATED),
                        ETH_LOAN,
                        market("ETH 2981.11", "USDC 1")))
                .startsWith("Still: ETH loan is at health factor 1.22.");
    }

    @Test
    void theAllClearSaysWhyAndHowFarItIs() {
        assertThat(text(resolved(Because.REPAID, false), ETH_LOAN, market("ETH 4000", "USDC 1")))
                .isEqualTo("Resolved after a repayment: ETH loan is at health factor 1.65."
                        + " ETH must fall 39.3 % to 2,424.25 USD to be liquidated.");
    }

    @Test
    void theAllClearIsNeverGoodNewsWhenItWasBelowOne() {
        assertThat(text(resolved(Because.PRICE_RECOVERED, true), ETH_LOAN, market("ETH 4000", "USDC 1")))
                .startsWith("ETH loan is at health factor 1.65, but was below 1."
                        + " You may have been liquidated: check it.");
        assertThat(text(resolved(Because.REPAID, true), loan(List.of("10 ETH 0.825"), List.of()), market("ETH 4000")))
                .isEqualTo("ETH loan owes nothing, but was below 1. You may have been liquidated: check it.");
    }

    @Test
    void anEndThatNobodyCanJudgeSaysSo() {
        assertThat(text(resolved(Because.RULE_DELETED, false), ETH_LOAN, market("ETH ?", "USDC 1")))
                .isEqualTo("Resolved, as the rule was deleted: ETH loan cannot be judged now."
                        + " No believable price of ETH: 1 of 2 price families.");
    }

    @Test
    void disagreementIsRemarked() {
        assertThat(text(FIRED, ETH_LOAN, market("ETH 2900..3000", "USDC 1")))
                .endsWith("Sources disagree on ETH: 2,900.00 to 3,000.00 USD; the worse is assumed.");
    }

    @Test
    void oneSourceAloneIsRemarked() {
        var alone = new Consensus.Agreed(
                new Asset("ETH"),
                PriceRange.between(new BigDecimal("2981.11"), new BigDecimal("2981.11")),
                1,
                BigDecimal.ZERO,
                List.of());
        var usdc = market("USDC 1").of(new Asset("USDC")).orElseThrow();
        var snapshot = new MarketSnapshot(market().tick(), Map.of(new Asset("ETH"), alone, new Asset("USDC"), usdc));

        assertThat(text(FIRED, ETH_LOAN, snapshot)).endsWith("The price of ETH comes from a single source.");
    }

    @Test
    void theNameIsTheOwnersWordsLiterally() {
        var position = position("<b>50 %_off %s\\n", ETH_LOAN);

        assertThat(Message.ofPosition(
                                FIRED, rule(), position, Given.standing(ETH_LOAN, market("ETH 2981.11", "USDC 1")))
                        .plain())
                .startsWith("<b>50 %_off %s\\n is at health factor 1.22.");
    }

    @Test
    void aPriceSaysItselfAndItsLimit() {
        var eth = new Asset("ETH");

        assertThat(Message.ofPrice(FIRED, priceRule(), eth, market("ETH 2990.1"))
                        .plain())
                .isEqualTo("ETH is at 2,990.10 USD, below 3,000 USD.");
        assertThat(Message.ofPrice(resolved(Because.PRICE_RECOVERED, false), priceRule(), eth, market("ETH 3070"))
                        .plain())
                .isEqualTo("Resolved: ETH is at 3,070.00 USD.");
        assertThat(Message.ofPrice(resolved(Because.RULE_DELETED, false), priceRule(), eth, market())
                        .plain())
                .isEqualTo("Resolved, as the rule was deleted: ETH is at an unknown price.");
    }

    @Test
    void figuresSayHowItStandsAndOnWhoseWord() {
        var standing = Given.standing(ETH_LOAN, market("ETH 2900..3000", "USDC 1"));

        var text = Message.ofPosition(FIRED, rule(), position("ETH loan", ETH_LOAN), standing);

        assertThat(text.figures())
                .containsExactly(
                        new Figure("Health factor", "1.19 to 1.23"),
                        new Figure("Liquidation price of ETH", "2,424.25 USD, 16.4 % away"),
                        new Figure("Liquidation price of USDC", "1.1962 USD, 19.6 % away"),
                        new Figure("Price of ETH", "2,900.00 USD to 3,000.00 USD"),
                        new Figure("Price of USDC", "1.0000 USD"));
    }

    @Test
    void theCourseOfAnAlertIsSinceWhenHowBadAndWhereItGoes() {
        var fired = AlertState.quiet(0).begun(Severity.WARNING, NOON);
        var breach = new AlertState.Breach(
                1, Legs.NONE, Optional.of(new BigDecimal("1.20")), Optional.of(new BigDecimal("1.0449")), false);
        var told = new AlertState.Told(
                NOON.plusSeconds(1800), Optional.empty(), false, Optional.of(new BigDecimal("1.15")));
        var later =
                new Transition.Repeated(2, Severity.WARNING, NOON.plusSeconds(1800), Transition.Repeated.Why.REPEATED);

        assertThat(CourseFigures.of(
                        fired.with(breach).with(told),
                        later,
                        Optional.of(new Condition.HealthFactor(Condition.Basis.PROTOCOL))))
                .containsExactly(
                        new Figure("Since", "12:00 UTC, 30 min"),
                        new Figure("Worst so far", "1.04"),
                        new Figure("Trend", "falling 0.10 an hour"));
    }

    @Test
    void theWorstOfWhatIsWorseTheLargerItIsIsRoundedUp() {
        var fired = AlertState.quiet(0).begun(Severity.WARNING, NOON);
        var breach =
                new AlertState.Breach(1, Legs.NONE, Optional.empty(), Optional.of(new BigDecimal("0.82911")), false);
        var later = new Transition.Repeated(2, Severity.WARNING, NOON, Transition.Repeated.Why.REPEATED);

        assertThat(CourseFigures.of(fired.with(breach), later, Optional.of(new Condition.LoanToValue())))
                .containsExactly(new Figure("Worst so far", "83.0 %"));
        assertThat(CourseFigures.of(fired.with(breach), later, Optional.of(new Condition.CollateralRatio())))
                .containsExactly(new Figure("Worst so far", "82.9 %"));
    }

    private static String text(Transition transition, Terms terms, MarketSnapshot market) {
        return Message.ofPosition(transition, rule(), position("ETH loan", terms), Given.standing(terms, market))
                .plain();
    }

    private static Transition worsened(How how) {
        return new Transition.Worsened(2, Severity.CRITICAL, NOON, how);
    }

    private static Transition resolved(Because because, boolean mayBeLiquidated) {
        return new Transition.Resolved(
                3, Severity.WARNING, NOON, because, Duration.ofMinutes(20), Optional.empty(), mayBeLiquidated);
    }

    private static Position position(String name, Terms terms) {
        return new Position(
                new UUID(0, 1),
                new UUID(0, 2),
                Optional.empty(),
                name,
                Map.of(),
                terms,
                Optional.empty(),
                NOON,
                NOON,
                1);
    }

    private static Rule rule() {
        return rule(new Watches.All(), new Condition.HealthFactor(Condition.Basis.PROTOCOL), "1.30");
    }

    private static Rule priceRule() {
        var eth = new Asset("ETH");
        return rule(new Watches.OneAsset(eth), new Condition.AssetPrice(eth), "3000");
    }

    private static Rule rule(Watches watches, Condition condition, String below) {
        return new Rule(
                new UUID(0, 3),
                new UUID(0, 2),
                Optional.empty(),
                "warn me",
                Map.of(),
                watches,
                condition,
                List.of(Story.level(Severity.WARNING, below, "PT0S", "PT5M", "PT4H")),
                Telling.EVERYTHING,
                NOON,
                1);
    }
}
