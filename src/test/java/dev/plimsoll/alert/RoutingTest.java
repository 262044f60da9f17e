package dev.plimsoll.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.Routing.About;
import dev.plimsoll.alert.Routing.Firing;
import dev.plimsoll.alert.Routing.News;
import dev.plimsoll.alert.Routing.Route;
import dev.plimsoll.alert.Routing.Route.Suppressed;
import dev.plimsoll.alert.Routing.Route.Told;
import dev.plimsoll.alert.Routing.Scene;
import dev.plimsoll.alert.Transition.Escalated;
import dev.plimsoll.alert.Transition.Fired;
import dev.plimsoll.alert.Transition.Repeated;
import dev.plimsoll.alert.Transition.Resolved;
import dev.plimsoll.alert.Transition.Worsened;
import dev.plimsoll.risk.Cause;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Escalation;
import dev.plimsoll.rule.QuietHours;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoutingTest {
    /** 23:00 in Berlin. */
    private static final Instant NIGHT = Instant.parse("2026-11-21T22:00:00Z");

    private static final Instant MORNING = Instant.parse("2026-11-22T06:00:00Z");
    private static final UUID ADA = new UUID(0, 1);
    private static final UUID LOAN = new UUID(0, 2);
    private static final UUID PHONE = new UUID(0, 3);
    private static final UUID PARTNER = new UUID(0, 4);
    private static final Asset ETH = new Asset("ETH");
    private static final Condition HEALTH = new Condition.HealthFactor(Condition.Basis.PROTOCOL);
    private static final Condition DIVERGENCE = new Condition.PriceDivergence(ETH, Optional.empty());
    private static final Telling QUIET_AT_NIGHT = new Telling(
            Optional.empty(), List.of(), Optional.of(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0))), true);

    private final Rule rule = rule("low", HEALTH, Telling.EVERYTHING);
    private final Rule quiet = rule("quiet", HEALTH, QUIET_AT_NIGHT);

    @Test
    void whatNothingStandsAgainstIsToldAtOnceOnEveryChannel() {
        assertThat(route(scene(), news(rule, fired(Severity.WARNING)))).isEqualTo(atOnce());
    }

    @Test
    void aSilenceOfAPositionCoversItsAlertsAndNoOthers() {
        var own = silence(new Watches.OnePosition(LOAN), false);
        var other = silence(new Watches.OnePosition(ADA), false);

        assertThat(route(scene(own), news(rule, fired(Severity.CRITICAL))))
                .isEqualTo(new Suppressed("silenced: we move house", Optional.of(Hush.SILENCED)));
        assertThat(route(scene(other), news(rule, fired(Severity.CRITICAL)))).isEqualTo(atOnce());
    }

    @Test
    void aSilenceOfALabelCoversPositionsThatCarryIt() {
        assertThat(route(
                        scene(silence(new Watches.Labelled("team", "treasury"), false)),
                        news(rule, fired(Severity.WARNING))))
                .isInstanceOf(Suppressed.class);
        assertThat(route(
                        scene(silence(new Watches.Labelled("team", "ops"), false)),
                        news(rule, fired(Severity.WARNING))))
                .isInstanceOf(Told.class);
    }

    @Test
    void aSilenceOfAnAssetCoversAlertsAboutItsPriceButNoPositionThatHoldsIt() {
        var silence = silence(new Watches.OneAsset(ETH), false);
        var venues = rule("venues", DIVERGENCE, Telling.EVERYTHING);

        assertThat(route(scene(silence), news(venues, new Subject.OfAsset(ETH), fired(Severity.WARNING), false)))
                .isInstanceOf(Suppressed.class);
        assertThat(route(scene(silence), news(rule, fired(Severity.WARNING)))).isInstanceOf(Told.class);
    }

    @Test
    void aSilenceNotYetBegunOrOverCoversNothing() {
        var silence = silence(new Watches.All(), false);

        assertThat(silence.isActive(NIGHT.minusSeconds(60))).isTrue();
        assertThat(silence.isActive(NIGHT.minusSeconds(61))).isFalse();
        assertThat(silence.isActive(NIGHT.plusSeconds(60))).isFalse();
    }

    @Test
    void thatAPositionIsOrMayBeLiquidatedIsToldUnlessTheSilenceCoversEvenThat() {
        var silence = scene(silence(new Watches.All(), false));
        var even = scene(silence(new Watches.All(), true));
        var now = news(rule, position(), fired(Severity.CRITICAL), true);
        var over = news(rule, resolved(true));

        assertThat(decide(silence, now, over))
                .allSatisfy(route -> assertThat(route).isInstanceOf(Told.class));
        assertThat(decide(even, now, over))
                .allSatisfy(route -> assertThat(route).isInstanceOf(Suppressed.class));
        assertThat(route(silence, news(rule, resolved(false)))).isInstanceOf(Suppressed.class);
    }

    @Test
    void aWarningOfTheNightWaitsForTheMorning() {
        assertThat(route(scene(), news(quiet, fired(Severity.WARNING)))).satisfies(RoutingTest::waitsForTheMorning);
        assertThat(route(scene(), news(quiet, resolved(false)))).satisfies(RoutingTest::waitsForTheMorning);
        assertThat(route(scene(), news(quiet, worsened(Severity.WARNING, Worsened.How.CROSSED))))
                .satisfies(RoutingTest::waitsForTheMorning);
    }

    @Test
    void inTheNightOnlyTheUrgentIsToldAtOnce() {
        assertThat(decide(
                        scene(),
                        news(quiet, fired(Severity.CRITICAL)),
                        news(quiet, worsened(Severity.WARNING, Worsened.How.WORSENED)),
                        news(quiet, position(), fired(Severity.WARNING), true)))
                .containsOnly(atOnce());
    }

    @Test
    void whatWaitsForOneMorningIsOneGroupHoweverOftenItIsDecided() {
        var once = (Told) route(scene(), news(quiet, fired(Severity.WARNING)));
        var again = (Told) route(scene(), news(quiet, fired(Severity.INFO)));

        assertThat(once.group()).isPresent().isEqualTo(again.group());
    }

    @Test
    void moreThanThreeAtOnceAreAGroup() {
        var one = news(rule, fired(Severity.WARNING));

        assertThat(decide(scene(), one, one, one)).containsOnly(atOnce());
        assertThat(decide(scene(), one, one, one, one))
                .allSatisfy(route -> assertThat(((Told) route).group()).isPresent())
                .extracting(route -> ((Told) route).group())
                .containsOnly(((Told) decide(scene(), one, one, one, one).getFirst()).group());
    }

    @Test
    void whatGoesToOtherChannelsIsNotCounted() {
        var phone = rule("phone", HEALTH, new Telling(Optional.of(List.of(PHONE)), List.of(), Optional.empty(), true));
        var partner =
                rule("partner", HEALTH, new Telling(Optional.of(List.of(PARTNER)), List.of(), Optional.empty(), true));
        var toPhone = news(phone, fired(Severity.WARNING));
        var toPartner = news(partner, fired(Severity.WARNING));

        assertThat(decide(scene(), toPhone, toPhone, toPartner, toPartner))
                .allSatisfy(route -> assertThat(((Told) route).group()).isEmpty());
        assertThat(decide(scene(), toPhone, toPhone, toPhone, news(rule, fired(Severity.WARNING))))
                .allSatisfy(route -> assertThat(((Told) route).group()).isPresent());
    }

    @Test
    void whileAMoreSevereAlertFiresAMilderOneOnTheSamePositionNeitherWorsensNorRepeatsAloud() {
        var severe = rule("severe", HEALTH, Telling.EVERYTHING);
        var scene = scene(new Firing(severe, position(), Severity.CRITICAL, Hush.NONE));

        assertThat(decide(
                        scene,
                        news(rule, worsened(Severity.WARNING, Worsened.How.WORSENED)),
                        news(rule, repeated(Repeated.Why.REPEATED))))
                .containsOnly(new Suppressed("the rule 'severe' fires on the same position", Optional.empty()));
        assertThat(route(scene, news(rule, resolved(false)))).isEqualTo(atOnce());
    }

    @Test
    void whileAMoreSevereAlertFiresAMilderOneOnTheSamePositionFiresInSilenceAndIsToldAfterIt() {
        var severe = rule("severe", HEALTH, Telling.EVERYTHING);
        var scene = scene(new Firing(severe, position(), Severity.CRITICAL, Hush.NONE));
        var mild = about(rule, position());

        assertThat(route(scene, news(rule, fired(Severity.WARNING))))
                .isEqualTo(new Suppressed("the rule 'severe' fires on the same position", Optional.of(Hush.INHIBITED)));
        assertThat(Routing.isOver(scene, mild, Severity.WARNING, Hush.INHIBITED))
                .isEmpty();
        assertThat(Routing.isOver(scene(), mild, Severity.WARNING, Hush.INHIBITED))
                .contains(Repeated.Why.INHIBITION_OVER);
    }

    @Test
    void aMilderAlertRingsThoughAMoreSevereOneFiresOfSomethingElseOrToOthers() {
        var skew = rule("skew", new Condition.FeedSkew(), Telling.EVERYTHING);
        var elsewhere =
                rule("elsewhere", HEALTH, new Telling(Optional.of(List.of(PHONE)), List.of(), Optional.empty(), true));

        assertThat(route(
                        scene(
                                new Firing(skew, position(), Severity.CRITICAL, Hush.NONE),
                                new Firing(elsewhere, position(), Severity.CRITICAL, Hush.NONE),
                                new Firing(quiet, position(), Severity.WARNING, Hush.NONE)),
                        news(rule, fired(Severity.WARNING))))
                .isEqualTo(atOnce());
    }

    @Test
    void aMilderAlertClimbsNoLadderThatTheMoreSevereOneClimbsAsHigh() {
        var toPartner = ladder(PARTNER);
        var mild = rule("mild", HEALTH, toPartner);
        var higher = new Escalated(2, Severity.WARNING, NIGHT, 1);

        assertThat(route(
                        scene(new Firing(rule("severe", HEALTH, toPartner), position(), Severity.CRITICAL, Hush.NONE)),
                        news(mild, higher)))
                .isEqualTo(new Suppressed("the rule 'severe' fires on the same position", Optional.empty()));
        assertThat(((Told) route(
                                scene(new Firing(
                                        rule("severe", HEALTH, Telling.EVERYTHING),
                                        position(),
                                        Severity.CRITICAL,
                                        Hush.NONE)),
                                news(mild, higher)))
                        .channels())
                .contains(List.of(PARTNER));
    }

    private static Telling ladder(UUID last) {
        return new Telling(
                Optional.empty(),
                List.of(new Escalation(Duration.ofMinutes(5), List.of(last))),
                Optional.empty(),
                true);
    }

    @Test
    void thatAPositionGetsWorseIsToldThoughARuleOnSomethingElseFires() {
        var skew = rule("skew", new Condition.FeedSkew(), Telling.EVERYTHING);
        var gap = rule("gap", new Condition.OracleGap(), Telling.EVERYTHING);
        var scene = scene(
                new Firing(skew, position(), Severity.CRITICAL, Hush.NONE),
                new Firing(gap, position(), Severity.CRITICAL, Hush.NONE));

        assertThat(decide(
                        scene,
                        news(rule, worsened(Severity.WARNING, Worsened.How.WORSENED)),
                        news(rule, position(), worsened(Severity.WARNING, Worsened.How.LIQUIDATABLE), true)))
                .containsOnly(atOnce());
    }

    @Test
    void thatAnAssetMovesFartherIsToldThoughARuleOnItsPriceFires() {
        var low = rule("low price", new Condition.AssetPrice(ETH), Telling.EVERYTHING);
        var scene = scene(new Firing(low, new Subject.OfAsset(ETH), Severity.CRITICAL, Hush.NONE));
        var worse = worsened(Severity.WARNING, Worsened.How.WORSENED);

        assertThat(route(
                        scene,
                        news(rule("venues", DIVERGENCE, Telling.EVERYTHING), new Subject.OfAsset(ETH), worse, false)))
                .isEqualTo(atOnce());
    }

    @Test
    void whatASilenceKeptBackIsToldAfterItThoughAMoreSevereAlertFires() {
        var severe = rule("severe", HEALTH, Telling.EVERYTHING);
        var scene = scene(new Firing(severe, position(), Severity.CRITICAL, Hush.NONE));

        assertThat(route(scene, news(rule, repeated(Repeated.Why.SILENCE_OVER))))
                .isEqualTo(atOnce());
    }

    @Test
    void anAlertThatIsNotHeardSpeaksForNoOther() {
        var severe = rule("severe", HEALTH, Telling.EVERYTHING);
        var elsewhere =
                rule("elsewhere", HEALTH, new Telling(Optional.of(List.of(PHONE)), List.of(), Optional.empty(), true));
        var news = news(rule, repeated(Repeated.Why.REPEATED));

        assertThat(route(scene(new Firing(severe, position(), Severity.CRITICAL, Hush.SILENCED)), news))
                .isEqualTo(atOnce());
        assertThat(route(scene(new Firing(elsewhere, position(), Severity.CRITICAL, Hush.NONE)), news))
                .isEqualTo(atOnce());
        assertThat(route(scene(new Firing(quiet, position(), Severity.WARNING, Hush.NONE)), info(news)))
                .isEqualTo(atOnce());
    }

    @Test
    void anUnbelievablePriceMutesBlindnessAndRepetitionsOfWhatStandsOnIt() {
        var scene = scene(doubt(Severity.WARNING));
        var blind = rule("blind", new Condition.Blind(), Telling.EVERYTHING);
        var ofEth = new Subject.OfAccount(new Cause.Disagreement(ETH));

        assertThat(route(scene, news(blind, ofEth, fired(Severity.WARNING), false)))
                .isEqualTo(new Suppressed(
                        "the rule 'venues' says that the price is not to be believed", Optional.of(Hush.INHIBITED)));
        assertThat(route(scene, news(rule, repeated(Repeated.Why.REPEATED))))
                .isEqualTo(new Suppressed(
                        "the rule 'venues' says that the price is not to be believed", Optional.empty()));
    }

    @Test
    void anUnbelievablePriceNeverMutesWhatAllSourcesAgreeOn() {
        assertThat(decide(
                        scene(doubt(Severity.CRITICAL)),
                        news(rule, fired(Severity.WARNING)),
                        news(rule, worsened(Severity.WARNING, Worsened.How.WORSENED)),
                        news(rule, resolved(false))))
                .containsOnly(atOnce());
    }

    @Test
    void whatIsMilderOrAboutAnotherAssetMutesNothing() {
        var blind = rule("blind", new Condition.Blind(), Telling.EVERYTHING);
        var ofDai = new Subject.OfAccount(new Cause.Unpriced(new Asset("DAI")));
        var ofEth = new Subject.OfAccount(new Cause.Unpriced(ETH));

        assertThat(route(scene(doubt(Severity.WARNING)), news(blind, ofDai, fired(Severity.WARNING), false)))
                .isEqualTo(atOnce());
        assertThat(route(scene(doubt(Severity.INFO)), news(blind, ofEth, fired(Severity.WARNING), false)))
                .isEqualTo(atOnce());
    }

    @Test
    void whatWasKeptBackMayBeToldWhenNothingStandsAgainstItAnyMore() {
        var blind = about(
                rule("blind", new Condition.Blind(), Telling.EVERYTHING),
                new Subject.OfAccount(new Cause.Disagreement(ETH)));
        var silence = silence(new Watches.All(), false);

        assertThat(Routing.isOver(scene(silence), blind, Severity.WARNING, Hush.SILENCED))
                .isEmpty();
        assertThat(Routing.isOver(scene(), blind, Severity.WARNING, Hush.SILENCED))
                .contains(Repeated.Why.SILENCE_OVER);
        assertThat(Routing.isOver(scene(doubt(Severity.WARNING)), blind, Severity.WARNING, Hush.INHIBITED))
                .isEmpty();
        assertThat(Routing.isOver(scene(), blind, Severity.WARNING, Hush.INHIBITED))
                .contains(Repeated.Why.INHIBITION_OVER);
        assertThat(Routing.isOver(scene(), blind, Severity.WARNING, Hush.NONE)).isEmpty();
    }

    @Test
    void anEscalationGoesToTheChannelsOfItsStepAndTheyHearHowItGoesOn() {
        var telling = new Telling(
                Optional.of(List.of(PHONE)),
                List.of(new Escalation(Duration.ofMinutes(5), List.of(PARTNER))),
                Optional.empty(),
                true);
        var escalating = rule("escalating", HEALTH, telling);
        var escalated = new Escalated(2, Severity.CRITICAL, NIGHT, 1);

        assertThat(((Told) route(scene(), news(escalating, escalated))).channels())
                .contains(List.of(PARTNER));
        assertThat(((Told) route(scene(), news(escalating, resolved(false)))).channels())
                .contains(List.of(PHONE));
        assertThat(((Told) route(scene(), afterEscalation(news(escalating, resolved(false))))).channels())
                .contains(List.of(PHONE, PARTNER));
    }

    private static void waitsForTheMorning(Route route) {
        assertThat(((Told) route).notBefore()).contains(MORNING);
    }

    private static Told atOnce() {
        return new Told(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<Route> decide(Scene scene, News... news) {
        return Routing.decide(scene, List.of(news));
    }

    private static Route route(Scene scene, News news) {
        return decide(scene, news).getFirst();
    }

    private static Scene scene(Silence... silences) {
        return new Scene(ADA, List.of(), List.of(silences), ZoneId.of("Europe/Berlin"), NIGHT);
    }

    private static Scene scene(Firing... firing) {
        return new Scene(ADA, List.of(firing), List.of(), ZoneId.of("Europe/Berlin"), NIGHT);
    }

    private static Scene scene() {
        return scene(new Silence[0]);
    }

    private Firing doubt(Severity severity) {
        return new Firing(
                rule("venues", DIVERGENCE, Telling.EVERYTHING), new Subject.OfAsset(ETH), severity, Hush.NONE);
    }

    private static Silence silence(Watches watches, boolean evenLiquidatable) {
        return new Silence(
                new UUID(0, 9),
                ADA,
                watches,
                NIGHT.minusSeconds(60),
                NIGHT.plusSeconds(60),
                "we move house",
                evenLiquidatable,
                NIGHT);
    }

    private static Subject position() {
        return new Subject.OfPosition(LOAN);
    }

    private static News news(Rule rule, Transition transition) {
        return news(rule, position(), transition, false);
    }

    private static News news(Rule rule, Subject subject, Transition transition, boolean liquidatable) {
        return new News(about(rule, subject), transition, rule.channels(), 0, liquidatable, true);
    }

    private static News info(News news) {
        return new News(
                news.about(),
                new Repeated(3, Severity.INFO, NIGHT, Repeated.Why.REPEATED),
                news.channels(),
                news.escalated(),
                news.liquidatable(),
                true);
    }

    private static News afterEscalation(News news) {
        return new News(news.about(), news.transition(), news.channels(), 1, news.liquidatable(), true);
    }

    private static About about(Rule rule, Subject subject) {
        var labels = subject instanceof Subject.OfPosition
                ? Map.of("team", "treasury")
                : Collections.<String, String>emptyMap();
        var standsOn = switch (subject) {
            case Subject.OfPosition ignored -> Set.of(ETH);
            case Subject.OfAsset ignored -> Set.<Asset>of();
            case Subject.OfAccount(var cause) -> cause.assets();
            case Subject.OfDrill ignored -> Set.<Asset>of();
        };
        return new About(new Alert.Key(rule.id(), subject), Optional.of(rule), labels, standsOn);
    }

    private static Rule rule(String name, Condition condition, Telling telling) {
        return new Rule(
                UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                ADA,
                Optional.empty(),
                name,
                Map.of(),
                condition instanceof Condition.OnAsset about ? new Watches.OneAsset(about.asset()) : new Watches.All(),
                condition,
                List.of(Story.WARNING),
                telling,
                NIGHT,
                1);
    }

    private static Transition fired(Severity severity) {
        return new Fired(1, severity, NIGHT, Fired.How.CROSSED);
    }

    private static Transition worsened(Severity severity, Worsened.How how) {
        return new Worsened(2, severity, NIGHT, how);
    }

    private static Transition repeated(Repeated.Why why) {
        return new Repeated(3, Severity.WARNING, NIGHT, why);
    }

    private static Transition resolved(boolean mayBeLiquidated) {
        return new Resolved(
                4,
                Severity.WARNING,
                NIGHT,
                Because.PRICE_RECOVERED,
                Duration.ofHours(1),
                Optional.empty(),
                mayBeLiquidated);
    }
}
