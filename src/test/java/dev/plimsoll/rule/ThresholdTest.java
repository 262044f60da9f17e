package dev.plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    @Test
    void whatIsFarAwayClearsAtSevenTenths() {
        assertThat(Threshold.of(level(new Limit.Bps(number("100")))).clear()).isEqualByComparingTo("70");
    }

    @Test
    void aMoveIsClearAsSoonAsItIsNotBeyondItsLimit() {
        var threshold = Threshold.of(level(new Limit.Moved(number("5"))));

        assertThat(threshold.side()).isEqualTo(Threshold.Side.ABOVE);
        assertThat(threshold.clear()).isEqualByComparingTo("5");
    }

    @Test
    void anAutomaticDivergenceClearsAtSevenTenthsOfWhatAFeedMay() {
        var condition = new Condition.PriceDivergence(new Asset("DAI"), Optional.empty());
        var threshold = Threshold.of(condition, level(new Limit.Auto()));

        assertThat(threshold.limit()).isEqualByComparingTo("1");
        assertThat(threshold.clear()).isEqualByComparingTo("0.7");
    }

    @Test
    void anAgeIsComparedInSeconds() {
        var condition = new Condition.PriceStale(new Asset("DAI"), Optional.empty());

        assertThat(Threshold.of(condition, level(new Limit.After(Duration.ofMinutes(2))))
                        .limit())
                .isEqualByComparingTo("120");
    }

    @Test
    void aHealthFactorClearsTwoPercentHigher() {
        assertThat(Threshold.of(level(new Limit.Below(number("1.10")))).clear()).isEqualByComparingTo("1.122");
    }

    @Test
    void aRisingPriceClearsTwoPercentLower() {
        assertThat(Threshold.of(level(new Limit.Above(number("3000")))).clear()).isEqualByComparingTo("2940");
    }

    @Test
    void aDistanceClearsTwoPointsOrAQuarterFurtherButNeverOutOfReach() {
        assertThat(clearOfDistance("4")).isEqualByComparingTo("6");
        assertThat(clearOfDistance("20")).isEqualByComparingTo("25");
        assertThat(clearOfDistance("90")).isEqualByComparingTo("95");
    }

    @Test
    void theUsersOwnClearingLevelWins() {
        var level = new Level(
                Severity.WARNING,
                new Limit.Below(number("1.10")),
                Optional.of(number("1.25")),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());

        assertThat(Threshold.of(level).clear()).isEqualByComparingTo("1.25");
    }

    @Test
    void exactlyAtTheLimitItDoesNotFireAndExactlyAtTheClearingLevelItClears() {
        var threshold = Threshold.of(level(new Limit.Below(number("1.10"))));

        assertThat(threshold.toFire(point("1.10"))).isInstanceOf(Evaluation.Clear.class);
        assertThat(threshold.toFire(point("1.0999"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toClear(point("1.1219"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toClear(point("1.122"))).isInstanceOf(Evaluation.Clear.class);
    }

    @Test
    void theOtherWayRoundForARise() {
        var threshold = Threshold.of(level(new Limit.Above(number("3000"))));

        assertThat(threshold.toFire(point("3000"))).isInstanceOf(Evaluation.Clear.class);
        assertThat(threshold.toFire(point("3000.01"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toClear(point("2940.01"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toClear(point("2940"))).isInstanceOf(Evaluation.Clear.class);
    }

    @Test
    void onlyWhatHoldsAtBothEndsIsSaid() {
        var threshold = Threshold.of(level(new Limit.Below(number("1.10"))));

        assertThat(threshold.toFire(range("0.70", "1.30"))).isInstanceOf(Evaluation.Unknown.class);
        assertThat(threshold.toFire(range("0.70", "1.09"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toFire(range("1.10", "1.30"))).isInstanceOf(Evaluation.Clear.class);
        assertThat(threshold.toFire(new Reading.Measured(number("1.09"), Optional.empty())))
                .isInstanceOf(Evaluation.Unknown.class);
    }

    @Test
    void outOfReachIsClearOfEveryLowerLimit() {
        var threshold = Threshold.of(level(new Limit.Below(number("1.10"))));

        assertThat(threshold.toFire(new Reading.OutOfReach())).isInstanceOf(Evaluation.Clear.class);
    }

    @Test
    void automaticDistancesFollowTheWildestAsset() {
        assertThat(warningAndCritical("10 ETH 0.8", "5000 USDC")).containsExactly("15", "7");
        assertThat(warningAndCritical("10 LINK 0.8", "5000 USDC")).containsExactly("20", "10");
        assertThat(warningAndCritical("10 RENDER 0.8", "5000 ETH")).containsExactly("30", "15");
        assertThat(warningAndCritical("10 wstETH 0.8", "5 ETH")).containsExactly("2", "1");
        assertThat(warningAndCritical("10 DAI 0.8", "5 USDC")).containsExactly("2", "1");
    }

    @Test
    void anAutomaticDistanceOfOneAssetFollowsThatAsset() {
        var loan = Given.loan(List.of("10 RENDER 0.8"), List.of("5000 USDC"));

        assertThat(AutoDistance.of(Optional.of(new Asset("USDC")), loan, Given.ASSETS)
                        .at(Severity.WARNING))
                .isEqualByComparingTo("3");
    }

    private static List<String> warningAndCritical(String collateral, String debt) {
        var auto = AutoDistance.of(Optional.empty(), Given.loan(collateral, debt), Given.ASSETS);
        return List.of(
                auto.at(Severity.WARNING).toPlainString(),
                auto.at(Severity.CRITICAL).toPlainString());
    }

    private static BigDecimal clearOfDistance(String percent) {
        return Threshold.of(level(new Limit.Percent(number(percent)))).clear();
    }

    private static Reading point(String value) {
        return range(value, value);
    }

    private static Reading range(String low, String high) {
        return new Reading.Measured(number(low), Optional.of(number(high)));
    }

    private static Level level(Limit limit) {
        return new Level(
                Severity.WARNING,
                limit,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    @Test
    void contractsOnOneAssetAreNoHedge() {
        var auto = AutoDistance.of(Optional.empty(), Given.margin("2000", "0.03", "5 ETH long 3000"), Given.ASSETS);

        assertThat(auto.warning()).isEqualByComparingTo("15");
    }
}
