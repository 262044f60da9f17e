package dev.plimsoll.pipeline.backtest;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.PriceBar;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Level.Limit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 10 ETH at 0.825 for 20,000 USDC: a health factor of 1 is at 2424.24 USD. */
class BacktestTest {
    private static final Loan LOAN = loan("10 ETH 0.825", "20000 USDC");

    @Test
    void aCloseFiresWhenItsBarIsOver() {
        var story = Trial.story(Trial.of(Trial.below("1.10"), LOAN, eth(Months.flat(3000, 2900, 2600, 2600))));

        assertThat(story.firstFired().orElseThrow().transition().at()).isEqualTo(minute(3));
        assertThat(story.firstFired().orElseThrow().healthFactor().orElseThrow().toString())
                .startsWith("1.0725");
        assertThat(story.sunk()).isEmpty();
    }

    @Test
    void aHoldCountsFromBarToBar() {
        var rule = Trial.rule(
                new Condition.HealthFactor(Basis.PROTOCOL),
                Duration.ofSeconds(90),
                new Limit.Below(new BigDecimal("1.10")));

        var story = Trial.story(Trial.of(rule, LOAN, eth(Months.flat(3000, 2600, 2600, 2600, 2600))));

        assertThat(story.firstFired().orElseThrow().transition().at()).isEqualTo(minute(4));
    }

    @Test
    void aDipWithinABarLiquidatesThoughNoCloseSaysSo() {
        var bars = new ArrayList<>(Months.flat(3000, 2600, 2600, 2600));
        bars.set(2, dip(2, 2600, 2400));

        var story = Trial.story(Trial.of(Trial.below("1.10"), LOAN, eth(bars)));

        assertThat(story.sunk().orElseThrow().at()).isEqualTo(minute(2));
        assertThat(story.leadTime()).contains(Duration.ZERO);
        assertThat(story.told()).hasSize(1);
        assertThat(story.judged()).isEqualTo(Duration.ofMinutes(3));
        assertThat(StoryText.of(story))
                .isEqualTo("It would have fired at 2026-10-01 00:02 UTC at health factor 1.07, less than one bar before"
                        + " the position was liquidatable, from 2026-10-01 00:02 UTC on, with ETH at 2,400.00 USD."
                        + " Liquidation would have cost about 2,000 USD.");
    }

    @Test
    void nothingIsToldOfTheTimeAfterALiquidation() {
        var story = Trial.story(Trial.of(
                Trial.below("1.10", "1.05"), LOAN, eth(Months.flat(3000, 2600, 2300, 3000, 2600, 2500, 3000))));

        assertThat(Lines.of(List.of(story)))
                .containsExactly(
                        "2026-10-01T00:02:00Z #1 warning alert.firing crossed 1.0725",
                        "2026-10-01T00:03:00Z #2 critical alert.worsened crossed 0.94875",
                        "position:00000000-0000-0001-0000-000000000002 liquidated=" + story.sunk()
                                + " perhaps=Optional.empty judged=PT3M unknown=PT0S");
    }

    /** Two assets fell in the same minute: whether at the same moment nobody knows, until one alone suffices. */
    @Test
    void whatMayHaveBeenIsNotCalledCertain() {
        var both = loan(List.of("5 ETH 0.8", "5 LINK 0.8"), List.of("20000 USDC"));
        var eth = new ArrayList<>(Months.flat(3000, 3000, 3000));
        eth.set(1, dip(1, 3000, 2500));
        var link = new ArrayList<>(Months.flat(2600, 2600, 2600));
        link.set(1, dip(1, 2600, 2200));

        var story = Trial.story(Trial.of(
                Trial.below("1.10"),
                both,
                Months.prices(Map.of(
                        "ETH", PastPrice.Moved.of(eth),
                        "LINK", PastPrice.Moved.of(link),
                        "USDC", new PastPrice.Held(BigDecimal.ONE)))));

        assertThat(story.sunk()).isEmpty();
        assertThat(story.perhaps()).contains(minute(1));
        assertThat(StoryText.of(story)).contains("may have been liquidatable from 2026-10-01 00:01 UTC on");
    }

    @Test
    void whatIsLiquidatableFromTheFirstPriceOnStandsForOtherPrices() {
        var story = Trial.story(Trial.of(Trial.below("1.10"), LOAN, eth(Months.flat(200, 210))));

        assertThat(story.sunk().orElseThrow().already()).isTrue();
        assertThat(StoryText.of(story))
                .startsWith("From the first prices on the position was liquidatable")
                .endsWith("its legs stand for other prices than these.");
    }

    @Test
    void minutesInWhichNothingWasBelievedAreUnknownAndNothingIsInvented() {
        var bars = new ArrayList<>(Months.flat(3000, 3000, 3000, 3000));
        bars.set(1, unknown(1));
        bars.set(2, unknown(2));

        var story = Trial.story(Trial.of(Trial.below("1.10"), LOAN, eth(bars)));

        assertThat(story.judged()).isEqualTo(Duration.ofMinutes(2));
        assertThat(story.unknown()).isEqualTo(Duration.ofMinutes(2));
        assertThat(story.told()).isEmpty();
        assertThat(StoryText.of(story)).endsWith(" For 2 min it could not be judged.");
    }

    /** Between 00:02 and 00:10 nothing was recorded: what was breached before is not known to have lasted. */
    @Test
    void aHoldDoesNotCountOverAGap() {
        var rule = Trial.rule(
                new Condition.HealthFactor(Basis.PROTOCOL),
                Duration.ofMinutes(2),
                new Limit.Below(new BigDecimal("1.10")));
        var bars = Months.flat(3000, 2600, 0, 0, 0, 0, 0, 0, 0, 0, 2600, 2600, 2600, 2600);
        var seen = bars.stream().filter(bar -> bar.close() > 0).toList();

        var story = Trial.story(Trial.of(rule, LOAN, eth(seen)));

        assertThat(story.firstFired().orElseThrow().transition().at()).isEqualTo(minute(13));
    }

    @Test
    void sourcesThatDisagreeAcrossALimitDoNotFire() {
        var bars = new ArrayList<>(Months.flat(3000, 2665, 2665));
        bars.set(1, new PriceBar(second(1), second(2), 2600, 2730, 2600, 2730, 2665));

        var story = Trial.story(Trial.of(Trial.below("1.10"), LOAN, eth(bars)));

        assertThat(story.firstFired().orElseThrow().transition().at()).isEqualTo(minute(3));
        assertThat(story.unknown()).isEqualTo(Duration.ofMinutes(1));
    }

    private static PastPrices eth(List<PriceBar> bars) {
        return Months.prices(Map.of("ETH", PastPrice.Moved.of(bars), "USDC", new PastPrice.Held(BigDecimal.ONE)));
    }

    private static PriceBar dip(int number, double price, double low) {
        return new PriceBar(second(number), second(number + 1), low, low, price, price, price);
    }

    private static PriceBar unknown(int number) {
        return new PriceBar(
                second(number), second(number + 1), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    private static Instant minute(int number) {
        return Months.START.plus(Duration.ofMinutes(number));
    }

    private static long second(int number) {
        return minute(number).getEpochSecond();
    }
}
