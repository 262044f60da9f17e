package dev.plimsoll.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifeTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset USDC = new Asset("USDC");

    private final Story story = new Story();

    @Test
    void aHealthyPositionHasNoAlert() {
        story.sees("2.00").isBlind().sees("1.31");

        assertThat(story.state()).isEqualTo(AlertState.quiet(0));
    }

    @Test
    void aBreachWaitsForItsHold() {
        story.sees("1.29").sees("1.29");

        assertThat(story.state().phase()).isEqualTo(Phase.PENDING);
        assertThat(story.transitions()).isEmpty();

        story.sees("1.29");

        assertThat(story.words()).containsExactly("firing/crossed@warning");
        assertThat(story.state().startedAt()).isEqualTo(Story.NOON.plusSeconds(10));
        assertThat(story.state().sequence()).isEqualTo(1);
    }

    @Test
    void aBreachShorterThanItsHoldLeavesNothing() {
        story.sees("1.29").sees("1.29").sees("1.31");

        assertThat(story.state()).isEqualTo(AlertState.quiet(0));
        assertThat(story.transitions()).isEmpty();
    }

    @Test
    void anUnknownTickStartsAHoldAnew() {
        story.sees("1.29").sees("1.29").isBlind().sees("1.29").sees("1.29");

        assertThat(story.transitions()).isEmpty();

        story.sees("1.29");

        assertThat(story.words()).containsExactly("firing/crossed@warning");
    }

    @Test
    void aGapInJudgementStartsAHoldAnew() {
        story.sees("1.29").gap("PT2M").sees("1.29").sees("1.29");

        assertThat(story.transitions()).isEmpty();

        story.sees("1.29");

        assertThat(story.words()).containsExactly("firing/crossed@warning");
    }

    @Test
    void aHoldCountsFromTheEndOfAGapThoughTheBookDidNotSelectItThen() {
        story.sees("1.29").gap("PT2M").quietlyPasses("PT20S").sees("1.29"); // 20 s after the gap

        assertThat(story.words()).containsExactly("firing/crossed@warning");
    }

    @Test
    void aHoldCountsTicksThatTheBookDidNotSelect() {
        story.sees("1.29").quietlyPasses("PT10S").sees("1.29");

        assertThat(story.words()).containsExactly("firing/crossed@warning");
    }

    @Test
    void aClockSetBackNeitherFiresNorThrows() {
        story.sees("1.29").quietlyPasses("PT-1H").sees("1.29").sees("1.29");

        assertThat(story.transitions()).isEmpty();
    }

    @Test
    void aLevelWithoutHoldFiresAtOnceAndTakesTheMilderOneAlong() {
        story.sees("1.09");

        assertThat(story.words()).containsExactly("firing/crossed@critical");

        story.keepsSeeing("1.20", "PT6M");

        assertThat(story.words()).containsExactly("firing/crossed@critical", "eased/eased@warning");
        assertThat(story.last().isTold()).isFalse();
    }

    @Test
    void goingUpALevelIsTold() {
        story.keepsSeeing("1.29", "PT30S").sees("1.09");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "worsened/crossed@critical");
    }

    @Test
    void aPriceFlappingAroundTheLevelGivesOneAlert() {
        for (var i = 0; i < 200; i++) {
            story.sees("1.299").sees("1.299").sees("1.299").sees("1.301").sees("1.325");
        }

        assertThat(story.words()).containsExactly("firing/crossed@warning");
    }

    @Test
    void aDayOfSwingingAroundTheLimitIsOneAlertWithItsRepeatsAndOneEnd() {
        for (var tick = 0; tick < 24 * 360; tick++) {
            story.sees(Double.toString(1.30 * (1 + 0.005 * Math.sin(tick / 7.0))));
        }
        story.keepsSeeing("1.40", "PT6M");

        assertThat(story.words())
                .containsExactly(
                        "firing/crossed@warning",
                        "repeated/repeated@warning",
                        "repeated/repeated@warning",
                        "repeated/repeated@warning",
                        "repeated/repeated@warning",
                        "repeated/repeated@warning",
                        "resolved/recovered@warning");
    }

    @Test
    void aBounceAboveTheClearingLevelIsNoRecoveryYet() {
        story.keepsSeeing("1.29", "PT30S")
                .keepsSeeing("1.40", "PT4M")
                .sees("1.31")
                .keepsSeeing("1.40", "PT4M");

        assertThat(story.words()).containsExactly("firing/crossed@warning");
        assertThat(story.state().phase()).isEqualTo(Phase.FIRING);
    }

    @Test
    void anUnknownTickStartsTheClearingHoldAnew() {
        story.keepsSeeing("1.29", "PT30S").keepsSeeing("1.40", "PT4M").isBlind().keepsSeeing("1.40", "PT4M");

        assertThat(story.words()).containsExactly("firing/crossed@warning");
    }

    @Test
    void itResolvesWhenClearForItsClearingHold() {
        story.keepsSeeing("1.29", "PT30S").keepsSeeing("1.40", "PT5M10S");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "resolved/recovered@warning");
        assertThat(story.state().end()).hasValue(new AlertState.End(story.now(), Because.PRICE_RECOVERED));
    }

    @Test
    void theNextBreachIsANewEpisode() {
        story.keepsSeeing("1.29", "PT30S").keepsSeeing("1.40", "PT6M").keepsSeeing("1.29", "PT30S");

        assertThat(story.state().episode()).isEqualTo(2);
        assertThat(story.state().sequence()).isEqualTo(1);
        assertThat(story.state().end()).isEmpty();
    }

    @Test
    void aPendingOneThatLapsesAfterAnEpisodeDoesNotCount() {
        story.keepsSeeing("1.29", "PT30S")
                .keepsSeeing("1.40", "PT6M")
                .sees("1.29")
                .sees("1.40");

        assertThat(story.state()).isEqualTo(AlertState.quiet(1));
    }

    @Test
    void unknownNeitherResolvesNorResetsWhatFires() {
        story.keepsSeeing("1.29", "PT30S");
        var firing = story.state();

        for (var i = 0; i < 2000; i++) {
            story.isBlind();
        }

        assertThat(story.state()).isEqualTo(firing);
    }

    @Test
    void itWorsensEachTimeHalfOfTheRoomIsGone() {
        story.levels(Story.WARNING).keepsSeeing("1.29", "PT30S");

        story.sees("1.20").sees("1.13").sees("1.12").sees("1.11").sees("1.06").sees("1.05");

        assertThat(story.words())
                .containsExactly("firing/crossed@warning", "worsened/worsened@warning", "worsened/worsened@warning");
    }

    @Test
    void theFirstLiquidatableTickIsTold() {
        story.levels(Story.WARNING)
                .keepsSeeing("1.29", "PT30S")
                .sees("0.99")
                .sees("0.98")
                .sees("1.01")
                .sees("0.97");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "worsened/liquidatable@warning");
    }

    @Test
    void aSecondFallBelowOneIsToldAtOnceAfterItWasClearOfIt() {
        story.levels(Story.CRITICAL).sees("0.99").sees("1.03").sees("0.99");

        assertThat(story.words()).containsExactly("firing/crossed@critical", "worsened/liquidatable@critical");
    }

    @Test
    void whatFiresLiquidatableDoesNotSayItTwice() {
        story.levels(Story.CRITICAL).sees("0.99").sees("0.98");

        assertThat(story.words()).containsExactly("firing/crossed@critical");
    }

    @Test
    void oneBadSourceOfSeveralNeitherFiresNorSaysLiquidatable() {
        story.keepsSeeing("2.00", "PT1M")
                .sees("0.90", "2.00")
                .sees("0.90", "2.00")
                .sees("0.90", "2.00");

        assertThat(story.transitions()).isEmpty();
    }

    @Test
    void itFiresWhereEverySourceSaysBreached() {
        story.sees("0.90", "1.05");

        assertThat(story.words()).containsExactly("firing/crossed@critical");
    }

    @Test
    void itIsRepeatedAsLongAsItIsBreached() {
        story.levels(Story.CRITICAL).sees("1.09").keepsSeeing("1.09", "PT31M");

        assertThat(story.words())
                .containsExactly("firing/crossed@critical", "repeated/repeated@critical", "repeated/repeated@critical");
    }

    @Test
    void whatIsAboutToResolveIsNotRepeated() {
        story.levels(Story.CRITICAL).sees("1.09").keepsSeeing("1.09", "PT12M").keepsSeeing("1.40", "PT4M");

        assertThat(story.words()).containsExactly("firing/crossed@critical");
    }

    @Test
    void whatNobodyCanSeeIsNotRepeatedUntilItIsSeen() {
        story.levels(Story.CRITICAL).sees("1.09").quietlyPasses("PT1H").isBlind();

        assertThat(story.words()).containsExactly("firing/crossed@critical");

        story.sees("1.09");

        assertThat(story.words()).containsExactly("firing/crossed@critical", "repeated/repeated@critical");
    }

    @Test
    void anAcknowledgedOneIsNotRepeatedButStillWorsens() {
        story.levels(Story.CRITICAL).sees("1.09").acknowledges().keepsSeeing("1.09", "PT29M50S");

        assertThat(story.words()).containsExactly("firing/crossed@critical");

        story.sees("1.03");

        assertThat(story.words()).containsExactly("firing/crossed@critical", "worsened/worsened@critical");
        assertThat(story.state().attention()).isEqualTo(Attention.NONE);
    }

    @Test
    void anAcknowledgedCriticalOneThatStillFiresAfterHalfAnHourIsToldAgain() {
        story.levels(Story.CRITICAL).sees("1.09").acknowledges().keepsSeeing("1.09", "PT45M");

        assertThat(story.words())
                .containsExactly(
                        "firing/crossed@critical",
                        "repeated/acknowledgement-expired@critical",
                        "repeated/repeated@critical");
    }

    @Test
    void anAcknowledgedWarningIsLeftAloneForEightHours() {
        story.levels(Story.WARNING).keepsSeeing("1.29", "PT30S").acknowledges().keepsSeeing("1.29", "PT7H59M50S");

        assertThat(story.words()).containsExactly("firing/crossed@warning");

        story.sees("1.29");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "repeated/acknowledgement-expired@warning");
    }

    @Test
    void anAcknowledgementEndsWhenItRisesALevel() {
        story.keepsSeeing("1.29", "PT30S").acknowledges().sees("1.09").keepsSeeing("1.09", "PT15M");

        assertThat(story.words())
                .containsExactly("firing/crossed@warning", "worsened/crossed@critical", "repeated/repeated@critical");
    }

    @Test
    void anAcknowledgementThatRunsOutWhileItIsClearIsNoReasonToTellIt() {
        story.levels(Story.CRITICAL)
                .sees("1.09")
                .acknowledges()
                .keepsSeeing("1.09", "PT28M")
                .keepsSeeing("1.40", "PT4M");

        assertThat(story.words()).containsExactly("firing/crossed@critical");

        story.sees("1.09");

        assertThat(story.words())
                .containsExactly("firing/crossed@critical", "repeated/acknowledgement-expired@critical");
    }

    @Test
    void aSnoozedOneIsToldWhenTheSnoozeIsOverThoughItIsNotToBeRepeatedYet() {
        story.levels(Story.WARNING).keepsSeeing("1.29", "PT30S").snoozes("PT1H").keepsSeeing("1.29", "PT59M50S");

        assertThat(story.words()).containsExactly("firing/crossed@warning");

        story.sees("1.29");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "repeated/snooze-over@warning");
    }

    @Test
    void aLiquidationThatIsPossibleBreaksThroughASnooze() {
        story.levels(Story.WARNING).keepsSeeing("1.29", "PT30S").snoozes("PT8H").sees("0.99");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "worsened/liquidatable@warning");
        assertThat(story.state().attention()).isEqualTo(Attention.NONE);
    }

    @Test
    void whatNobodyTakesUpIsEscalatedStepByStep() {
        story.levels(Story.WARNING).escalates("PT5M", "PT30M").keepsSeeing("1.29", "PT2H");

        assertThat(story.words())
                .containsExactly(
                        "firing/crossed@warning", "escalated/escalated@warning", "escalated/escalated@warning");
        assertThat(story.transitions().get(1))
                .isEqualTo(new Transition.Escalated(
                        2, dev.plimsoll.rule.Severity.WARNING, Story.NOON.plusSeconds(30 + 300), 1));
        assertThat(story.transitions().get(2))
                .isEqualTo(new Transition.Escalated(
                        3, dev.plimsoll.rule.Severity.WARNING, Story.NOON.plusSeconds(30 + 1800), 2));
    }

    @Test
    void whoeverAcknowledgesStopsTheEscalationAndItBeginsAnewWhenThatIsOver() {
        story.levels(Story.CRITICAL).escalates("PT5M", "PT10M").sees("1.09").keepsSeeing("1.09", "PT6M");
        story.acknowledges().keepsSeeing("1.09", "PT30M").keepsSeeing("1.09", "PT4M50S");

        assertThat(story.words())
                .containsExactly(
                        "firing/crossed@critical",
                        "escalated/escalated@critical",
                        "repeated/acknowledgement-expired@critical");

        story.sees("1.09");

        assertThat(story.words()).hasSize(4).last().isEqualTo("escalated/escalated@critical");
        assertThat(((Transition.Escalated) story.last()).step()).isEqualTo(1);
    }

    @Test
    void theEscalationBeginsAnewWhenItRisesALevel() {
        story.escalates("PT5M").keepsSeeing("1.29", "PT6M").sees("1.09").keepsSeeing("1.09", "PT5M");

        assertThat(story.words())
                .containsExactly(
                        "firing/crossed@warning",
                        "escalated/escalated@warning",
                        "worsened/crossed@critical",
                        "escalated/escalated@critical");
    }

    @Test
    void whatIsClearIsNotEscalatedAndWhatNobodyCanSeeIs() {
        story.levels(Story.CRITICAL)
                .escalates("PT5M")
                .sees("1.09")
                .keepsSeeing("1.40", "PT4M")
                .sees("1.09");
        story.keepsSeeing("1.40", "PT4M");

        assertThat(story.words()).containsExactly("firing/crossed@critical");

        story.isBlind();

        assertThat(story.words()).containsExactly("firing/crossed@critical", "escalated/escalated@critical");
    }

    @Test
    void aClockSetBackByAnHourKeepsNobodyWaitingForAnHour() {
        story.levels(Story.CRITICAL).sees("1.09").quietlyPasses("PT-1H").keepsSeeing("1.09", "PT15M10S");

        assertThat(story.words()).containsExactly("firing/crossed@critical", "repeated/repeated@critical");
    }

    @Test
    void itSaysThatARepaymentEndedIt() {
        story.legs(legs("10", "20000"))
                .keepsSeeing("1.29", "PT30S")
                .legs(legs("10", "15000"))
                .keepsSeeing("1.72", "PT6M");

        assertThat(story.state().end().orElseThrow().because()).isEqualTo(Because.REPAID);
    }

    @Test
    void itSaysThatMoreCollateralEndedIt() {
        story.legs(legs("10", "20000"))
                .keepsSeeing("1.29", "PT30S")
                .legs(legs("14", "20000"))
                .keepsSeeing("1.72", "PT6M");

        assertThat(story.state().end().orElseThrow().because()).isEqualTo(Because.COLLATERAL_ADDED);
    }

    @Test
    void aRepaymentThatDidNotSufficeIsNotWhyThePriceEndedItLater() {
        story.legs(legs("10", "20000"))
                .keepsSeeing("1.20", "PT30S")
                .legs(legs("10", "19000"))
                .keepsSeeing("1.26", "PT1H")
                .keepsSeeing("1.50", "PT6M");

        assertThat(story.state().end().orElseThrow().because()).isEqualTo(Because.PRICE_RECOVERED);
    }

    @Test
    void itSaysThatThePositionWasClosed() {
        story.legs(legs("10", "20000"))
                .keepsSeeing("1.29", "PT30S")
                .legs(Legs.NONE)
                .keepsSeeing("99", "PT6M");

        assertThat(story.state().end().orElseThrow().because()).isEqualTo(Because.CLOSED);
    }

    @Test
    void itSaysThatAChangedRuleEndedIt() {
        var lower = Story.level(dev.plimsoll.rule.Severity.WARNING, "1.20", "PT20S", "PT5M", "PT4H");

        story.keepsSeeing("1.29", "PT30S").ruleChanged(lower).keepsSeeing("1.29", "PT6M");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "resolved/rule-changed@warning");
    }

    @Test
    void aDeletedRuleEndsItAtOnce() {
        story.keepsSeeing("1.29", "PT30S").ends(Because.RULE_DELETED);

        assertThat(story.words()).containsExactly("firing/crossed@warning", "resolved/rule-deleted@warning");
    }

    @Test
    void aDeletedPositionEndsAPendingOneWithoutAWord() {
        story.sees("1.29").ends(Because.POSITION_DELETED);

        assertThat(story.state()).isEqualTo(AlertState.quiet(0));
        assertThat(story.transitions()).isEmpty();
    }

    @Test
    void itIsNeverGoodNewsWhenItWasBelowOne() {
        story.keepsSeeing("1.29", "PT30S").sees("0.99").keepsSeeing("1.50", "PT6M");

        assertThat(story.last())
                .isInstanceOfSatisfying(
                        Transition.Resolved.class,
                        resolved -> assertThat(resolved.mayBeLiquidated()).isTrue());
        assertThat(story.words()).last().isEqualTo("resolved/maybe-liquidated@critical");
    }

    @Test
    void aRestartSendsNothing() {
        story.keepsSeeing("1.29", "PT30S").sees("1.09");
        var before = story.state();

        story.restarts();

        assertThat(story.state()).isEqualTo(before);

        story.gap("PT1M").sees("1.09").sees("1.085");

        assertThat(story.words()).containsExactly("firing/crossed@warning", "worsened/crossed@critical");
    }

    @Test
    void theSequenceRisesByOneWithEachTransition() {
        story.keepsSeeing("1.29", "PT30S")
                .sees("1.09")
                .sees("0.99")
                .keepsSeeing("1.20", "PT6M")
                .keepsSeeing("1.50", "PT6M");

        assertThat(story.transitions()).extracting(Transition::sequence).containsExactly(1, 2, 3, 4, 5);
        assertThat(story.state().sequence()).isEqualTo(5);
    }

    @Test
    void itsEndSaysHowLongItLastedAndHowBadItWas() {
        story.levels(Story.CRITICAL).sees("1.09").sees("1.05").keepsSeeing("1.40", "PT5M10S");

        assertThat(story.last()).isInstanceOfSatisfying(Transition.Resolved.class, resolved -> {
            assertThat(resolved.lasted()).isEqualTo(Duration.parse("PT5M20S"));
            assertThat(resolved.worst()).hasValue(new BigDecimal("1.05"));
        });
    }

    @Test
    void aMessageKnowsHowFastItFallsSinceTheBreachBegan() {
        story.levels(Story.CRITICAL)
                .sees("1.08")
                .keepsSeeing("1.08", "PT11M50S")
                .sees("1.03");

        assertThat(story.last()).isInstanceOf(Transition.Worsened.class);
        assertThat(story.state().slopePerHour())
                .hasValueSatisfying(slope -> assertThat(slope).isEqualByComparingTo("-0.25"));
    }

    @Test
    void theWorstValueIsKept() {
        story.keepsSeeing("1.29", "PT30S").sees("1.07").sees("1.28");

        assertThat(story.state().breach().worst()).hasValue(new BigDecimal("1.07"));
    }

    @Test
    void theNextDueInstantIsTheEndOfAHold() {
        story.sees("1.29");

        assertThat(story.nextDue()).hasValue(story.now().plusSeconds(20));
    }

    @Test
    void theNextDueInstantIsTheRepeatOrTheEndOfTheSnooze() {
        story.levels(Story.CRITICAL).sees("1.09");

        assertThat(story.nextDue()).hasValue(story.now().plus(Duration.ofMinutes(15)));
        assertThat(story.snoozes("PT1H").nextDue()).hasValue(story.now().plus(Duration.ofHours(1)));
        assertThat(story.acknowledges().nextDue()).hasValue(story.now().plus(Duration.ofMinutes(30)));
    }

    @Test
    void theNextDueInstantIsTheEndOfTheClearingHold() {
        story.levels(Story.CRITICAL).sees("1.09").sees("1.40");

        assertThat(story.nextDue()).hasValue(story.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void nothingIsDueWhenThereIsNoAlert() {
        assertThat(story.sees("2.00").nextDue()).isEmpty();
    }

    private static Legs legs(String eth, String usdc) {
        return new Legs(Map.of(ETH, new BigDecimal(eth)), Map.of(USDC, new BigDecimal(usdc)));
    }
}
