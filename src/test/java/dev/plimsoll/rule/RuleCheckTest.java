package dev.plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.RuleCheck.Fault;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RuleCheckTest {
    private static final Condition HEALTH = new Condition.HealthFactor(Condition.Basis.PROTOCOL);
    private static final Watches ALL = new Watches.All();

    @Test
    void theRuleOfTheApiIsFine() {
        var warning = level(Severity.WARNING, below("1.30"), Optional.of(number("1.33")));
        var critical = level(Severity.CRITICAL, below("1.10"));

        assertThat(RuleCheck.faults(ALL, HEALTH, List.of(warning, critical))).isEmpty();
    }

    @Test
    void theDefaultRulesAreFine() {
        assertThat(DefaultRules.of(new UUID(0, 1), Instant.EPOCH))
                .extracting(Rule::name)
                .containsExactly("warning", "critical", "blind", "oracle-gap");
        assertThat(DefaultRules.of(new UUID(0, 1), Instant.EPOCH))
                .allSatisfy(rule -> assertThat(RuleCheck.faults(rule.watches(), rule.condition(), rule.levels()))
                        .isEmpty());
    }

    @Test
    void aClearingLevelOnTheWrongSideIsRefusedInASentence() {
        var level = level(Severity.WARNING, below("1.10"), Optional.of(number("1.05")));

        assertThat(RuleCheck.faults(ALL, HEALTH, List.of(level)))
                .containsExactly(new Fault(
                        "Rule refused: it clears at 1.05 but fires below 1.10; the clearing level must be the higher one.",
                        "/levels/0/clearAbove"));
    }

    @Test
    void aClearingLevelOfARiseMustBeTheLowerOne() {
        var eth = new Asset("ETH");
        var level = level(Severity.WARNING, new Limit.Above(number("3000")), Optional.of(number("3100")));

        assertThat(RuleCheck.faults(new Watches.OneAsset(eth), new Condition.AssetPrice(eth), List.of(level)))
                .containsExactly(new Fault(
                        "Rule refused: it clears at 3100 but fires above 3000; the clearing level must be the lower one.",
                        "/levels/0/clearBelow"));
    }

    @Test
    void severitiesAreDistinct() {
        var levels = List.of(level(Severity.WARNING, below("1.30")), level(Severity.WARNING, below("1.10")));

        assertThat(RuleCheck.faults(ALL, HEALTH, levels))
                .extracting(Fault::pointer)
                .containsExactly("/levels/1/severity");
    }

    @Test
    void theSevererLevelIsReachedLater() {
        var levels = List.of(level(Severity.WARNING, below("1.10")), level(Severity.CRITICAL, below("1.30")));

        assertThat(RuleCheck.faults(ALL, HEALTH, levels))
                .containsExactly(new Fault(
                        "Rule refused: warning fires below 1.10 but critical fires below 1.30; the severer level must be"
                                + " the one reached later.",
                        "/levels/1/below"));
    }

    @Test
    void theOrderInWhichLevelsAreWrittenDoesNotMatter() {
        var levels = List.of(level(Severity.CRITICAL, below("1.10")), level(Severity.WARNING, below("1.30")));

        assertThat(RuleCheck.faults(ALL, HEALTH, levels)).isEmpty();
        assertThat(RuleCheck.mildestFirst(levels)).extracting(Level::severity).isSorted();
    }

    @Test
    void aRuleHasOneToThreeLevels() {
        assertThat(RuleCheck.faults(ALL, HEALTH, List.of()))
                .extracting(Fault::pointer)
                .containsExactly("/levels");
    }

    @Test
    void aPriceNeedsItsAsset() {
        var price = new Condition.AssetPrice(new Asset("ETH"));

        assertThat(RuleCheck.faults(ALL, price, List.of(level(Severity.WARNING, below("3000")))))
                .extracting(Fault::pointer)
                .containsExactly("/watches");
    }

    @Test
    void aPositionsConditionOnAnAssetIsRefused() {
        var watches = new Watches.OneAsset(new Asset("ETH"));

        assertThat(RuleCheck.faults(watches, HEALTH, List.of(level(Severity.WARNING, below("1.10")))))
                .singleElement()
                .satisfies(fault -> assertThat(fault.detail()).startsWith("Rule refused: ETH is not a position;"));
    }

    @Test
    void aLevelSaysWhatItsConditionAsks() {
        var percent = level(Severity.WARNING, new Limit.Percent(number("15")));

        assertThat(RuleCheck.faults(ALL, HEALTH, List.of(percent)))
                .containsExactly(new Fault(
                        "Rule refused: a level of the type health-factor says \"below\".", "/levels/0/percent"));
    }

    @Test
    void aConditionOnAnAssetWatchesThatAsset() {
        var divergence = new Condition.PriceDivergence(new Asset("DAI"), Optional.empty());

        assertThat(RuleCheck.faults(ALL, divergence, List.of(level(Severity.WARNING, new Limit.Auto()))))
                .containsExactly(new Fault(
                        "Rule refused: the condition is about the price of DAI, so it must watch {\"asset\":\"DAI\"}.",
                        "/watches"));
    }

    @Test
    void aMoveFurtherThanThereIsIsRefused() {
        assertThat(move("PT1H", "100")).singleElement().satisfies(fault -> {
            assertThat(fault.detail()).contains("a fall by 100 % never happens");
            assertThat(fault.pointer()).isEqualTo("/levels/0/percent");
        });
        assertThat(move("PT1H", "99")).isEmpty();
    }

    @Test
    void aWindowIsBetweenAMinuteAndADay() {
        assertThat(move("PT59S", "5")).extracting(Fault::pointer).containsExactly("/condition/within");
        assertThat(move("PT24H1S", "5")).extracting(Fault::pointer).containsExactly("/condition/within");
        assertThat(move("PT1M", "5")).isEmpty();
        assertThat(move("PT24H", "5")).isEmpty();
    }

    @Test
    void anAssetIsNotHeldAgainstItself() {
        var dai = new Asset("DAI");
        var depeg = new Condition.Depeg(dai, Optional.of(dai));
        var level = level(Severity.WARNING, new Limit.Bps(number("50")));

        assertThat(RuleCheck.faults(new Watches.OneAsset(dai), depeg, List.of(level)))
                .containsExactly(new Fault(
                        "Rule refused: DAI is always worth as much as itself; hold it against another asset.",
                        "/condition/of"));
    }

    @Test
    void theSevererLevelIsFartherAwayAndClearsNearer() {
        var dai = new Asset("DAI");
        var levels = List.of(
                level(Severity.WARNING, new Limit.Bps(number("50")), Optional.of(number("60"))),
                level(Severity.CRITICAL, new Limit.Bps(number("40"))));

        assertThat(RuleCheck.faults(new Watches.OneAsset(dai), new Condition.Depeg(dai, Optional.empty()), levels))
                .extracting(Fault::pointer)
                .containsExactly("/levels/0/clearBelow", "/levels/1/bps");
    }

    @Test
    void aPercentageWhereARatioIsAskedIsRefusedWithTheRatio() {
        assertThat(refusal(new Condition.LoanToValue(), new Limit.Above(number("75"))))
                .isEqualTo(
                        "Rule refused: it fires above 75; a loan-to-value is a plain ratio below 1, where nothing is left"
                                + " of the collateral: write 0.75 for 75 %.");
        assertThat(refusal(new Condition.LoanToValue(), new Limit.Above(number("7"))))
                .contains("it fires above 7;");
        assertThat(refusal(new Condition.CollateralRatio(), below("150")))
                .isEqualTo(
                        "Rule refused: it fires below 150; a collateral ratio is a plain ratio: write 1.5 for 150 %.");
        assertThat(refusal(HEALTH, below("130"))).contains("a health factor is a plain ratio, 1 at liquidation");
        assertThat(refusal(new Condition.LiquidationProbability(Duration.ofDays(1)), new Limit.Above(number("5"))))
                .contains("a probability lies between 0 and 1: write 0.05 for 5 %");
    }

    @Test
    void whatNeverOrAlwaysHappensIsRefused() {
        var distance = new Condition.LiquidationDistance(Optional.empty());
        var alone = new Condition.LiquidationDistance(Optional.of(new Asset("BTC")));
        var drop = new Condition.HealthDrop(Duration.ofHours(1));

        assertThat(refusal(drop, new Limit.Moved(number("100")))).contains("a fall by 100 % never happens");
        assertThat(refusal(distance, new Limit.Percent(number("100")))).contains("it must be below 100");
        assertThat(faults(alone, new Limit.Percent(number("150")), Optional.empty()))
                .isEmpty();
    }

    @Test
    void aClearingLevelThatIsNeverReachedIsRefused() {
        assertThat(faults(new Condition.LoanToValue(), new Limit.Above(number("0.8")), Optional.of(number("-1"))))
                .containsExactly(new Fault(
                        "Rule refused: it clears at -1, which is never reached; the clearing level must be above zero.",
                        "/levels/0/clearBelow"));
        assertThat(faults(
                        new Condition.LiquidationDistance(Optional.empty()),
                        new Limit.Percent(number("15")),
                        Optional.of(number("100"))))
                .extracting(Fault::detail)
                .containsExactly(
                        "Rule refused: it clears at 100, which is never reached; the clearing level must be below 100.");
    }

    @Test
    void aFallIsLookedForOverAMinuteToADayAndAChanceOverAMinuteToAMonth() {
        assertThat(refusal(new Condition.HealthDrop(Duration.ofDays(2)), new Limit.Moved(number("5"))))
                .isEqualTo("Rule refused: 'within' is between PT1M and PT24H, was PT48H.");
        assertThat(refusal(new Condition.LiquidationProbability(Duration.ofDays(31)), new Limit.Above(number("0.1"))))
                .isEqualTo("Rule refused: 'within' is between PT1M and PT720H, was PT744H.");
    }

    @Test
    void theSevererTimeIsTheShorterAndClearsByItself() {
        var levels = List.of(
                level(Severity.WARNING, new Limit.Within(Duration.ofDays(7)), Optional.of(number("8"))),
                level(Severity.CRITICAL, new Limit.Within(Duration.ofDays(30))));

        assertThat(RuleCheck.faults(ALL, new Condition.TimeToLiquidation(), levels))
                .extracting(Fault::pointer)
                .containsExactly("/levels/0/clearAbove", "/levels/1/within");
    }

    private static String refusal(Condition condition, Limit limit) {
        var faults = faults(condition, limit, Optional.empty());
        assertThat(faults).hasSize(1);
        return faults.getFirst().detail();
    }

    private static List<Fault> faults(Condition condition, Limit limit, Optional<BigDecimal> clear) {
        return RuleCheck.faults(ALL, condition, List.of(level(Severity.WARNING, limit, clear)));
    }

    private static List<Fault> move(String within, String percent) {
        var eth = new Asset("ETH");
        var condition = new Condition.PriceChange(eth, Condition.Direction.DOWN, Duration.parse(within));
        var level = level(Severity.WARNING, new Limit.Moved(number(percent)));
        return RuleCheck.faults(new Watches.OneAsset(eth), condition, List.of(level));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        var levels = List.of(
                level(Severity.WARNING, below("1.10"), Optional.of(number("1.05"))),
                level(Severity.CRITICAL, below("0")));

        assertThat(RuleCheck.faults(new Watches.OneAsset(new Asset("ETH")), HEALTH, levels))
                .extracting(Fault::pointer)
                .containsExactly("/watches", "/levels/0/clearAbove", "/levels/1/below");
    }

    @Test
    void repeatingFasterThanAMinuteIsRefused() {
        var level = new Level(
                Severity.WARNING,
                below("1.10"),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(1),
                Optional.empty());

        assertThat(RuleCheck.faults(ALL, HEALTH, List.of(level)))
                .extracting(Fault::pointer)
                .containsExactly("/levels/0/repeatEvery");
    }

    private static Limit below(String value) {
        return new Limit.Below(number(value));
    }

    private static Level level(Severity severity, Limit limit) {
        return level(severity, limit, Optional.empty());
    }

    private static Level level(Severity severity, Limit limit, Optional<BigDecimal> clear) {
        return new Level(
                severity, limit, clear, Duration.ZERO, Duration.ofMinutes(5), Duration.ofHours(4), Optional.empty());
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
