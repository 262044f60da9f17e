package dev.plimsoll.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.alert.Silence;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.delivery.Waking.Around;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Escalation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.QuietHours;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** "Will it wake me?" */
class WakingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final UUID ACCOUNT = new UUID(0, 1);

    private final List<RegisteredChannel> channels = new ArrayList<>();
    private final List<Silence> silences = new ArrayList<>();

    @Test
    void aLoudChannelRingsAtOnce() {
        channel("phone", "pushover", State.ACTIVE);
        channel("ops", "webhook", State.ACTIVE);

        assertThat(asked(rule())).isEqualTo(new Waking(true, "\"phone\" rings at once."));
        assertThat(Waking.problem(List.of(rule()), around())).isEmpty();
    }

    @Test
    void whereOneOfTheRulesWouldNotWakeYouItIsNamed() {
        channel("phone", "pushover", State.ACTIVE);
        var ops = channel("ops", "webhook", State.ACTIVE);
        var mute = rule(telling(Optional.of(List.of(ops)), List.of(), Optional.empty()));

        assertThat(Waking.problem(List.of(rule(), mute), around()))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("\"low\" would not wake you at night: \"ops\" may be silent at night"));
    }

    @Test
    void withoutALoudOneItSaysSoAndWhatToDo() {
        channel("ops", "webhook", State.ACTIVE);

        assertThat(asked(rule()))
                .isEqualTo(new Waking(
                        false,
                        "\"ops\" may be silent at night, and nothing louder is told."
                                + " Add a channel that rings, or say of one that does that it is loud."));
        assertThat(Waking.problem(List.of(rule()), around()))
                .contains(
                        "Nothing here would wake you at night: \"ops\" may be silent at night, and nothing louder is told."
                                + " Add a channel that rings, or say of one that does that it is loud.");
    }

    @Test
    void aLoudChannelThatIsNotProvenWakesNobody() {
        channel("phone", "pushover", State.UNVERIFIED);

        assertThat(asked(rule()))
                .isEqualTo(new Waking(
                        false, "You have no active channel: nobody is told. \"phone\" is loud, but not proven."));
    }

    @Test
    void whoeverHeardItsRuleOnlyLaterIsWokenLater() {
        var ops = channel("ops", "webhook", State.ACTIVE);
        var phone = channel("phone", "pushover", State.ACTIVE);
        var rule = rule(telling(Optional.of(List.of(ops)), List.of(step("PT15M", phone)), Optional.empty()));

        assertThat(asked(rule))
                .isEqualTo(new Waking(true, "\"phone\" rings when nobody has acknowledged it for 15 min."));
    }

    @Test
    void aBuddyIsRungButDoesNotCountAsYou() {
        channel("ops", "webhook", State.ACTIVE);
        var bob = buddy("Bob");
        var rule = rule(telling(Optional.empty(), List.of(step("PT30M", bob)), Optional.empty()));

        assertThat(asked(rule).answer()).isFalse();
        assertThat(asked(rule).why()).contains("Only Bob is rung, when nobody has acknowledged it for 30 min.");
    }

    @Test
    void aBuddyAloneIsNoChannelOfYours() {
        buddy("Bob");

        assertThat(asked(rule())).isEqualTo(new Waking(false, "You have no active channel: nobody is told."));
    }

    @Test
    void aSilenceOnEverythingKeepsYouAsleepUntilItIsOverByYourClock() {
        channel("phone", "pushover", State.ACTIVE);
        silence(new Watches.All(), NOW.minusSeconds(60), NOW.plus(Duration.ofHours(9)));

        assertThat(asked(rule()))
                .isEqualTo(
                        new Waking(
                                false,
                                "A silence (\"we fly\") keeps it from you until 22 Nov 08:00, but not that it can be liquidated."));
    }

    @Test
    void aSilenceToComeIsSaidToo() {
        channel("phone", "pushover", State.ACTIVE);
        silence(new Watches.All(), NOW.plus(Duration.ofHours(4)), NOW.plus(Duration.ofHours(9)));

        assertThat(asked(rule()).answer()).isTrue();
        assertThat(asked(rule()).why()).contains("from 22 Nov 03:00 until 22 Nov 08:00");
    }

    @Test
    void aSilenceOnOnePositionKeepsSomeOfItQuiet() {
        channel("phone", "pushover", State.ACTIVE);
        silence(new Watches.OnePosition(new UUID(0, 9)), NOW, NOW.plus(Duration.ofHours(9)));

        assertThat(asked(rule()).answer()).isTrue();
        assertThat(asked(rule()).why()).contains("keeps some of it from you until 22 Nov 08:00");
    }

    @Test
    void quietHoursDoNotHoldBackWhatIsCritical() {
        channel("phone", "pushover", State.ACTIVE);
        var quiet = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0));

        assertThat(asked(rule(telling(Optional.empty(), List.of(), Optional.of(quiet)))))
                .isEqualTo(new Waking(true, "\"phone\" rings at once. Quiet hours do not hold back what is critical."));
    }

    @Test
    void aRuleThatIsNeverCriticalIsNotMeantToWakeAnybody() {
        channel("phone", "pushover", State.ACTIVE);
        var warning = rule(Severity.WARNING, Telling.EVERYTHING);

        assertThat(asked(warning).answer()).isFalse();
        assertThat(Waking.problem(List.of(warning), around()))
                .contains("Nothing here would wake you at night: none of your rules has a critical level.");
        assertThat(Waking.problem(List.of(warning, rule()), around())).isEmpty();
    }

    @Test
    void wherePeopleNameOnlyChannelsThatAreGoneAllOthersRing() {
        channel("phone", "pushover", State.ACTIVE);
        var gone = channel("old", "webhook", State.DISABLED);

        assertThat(asked(rule(telling(Optional.of(List.of(gone)), List.of(), Optional.empty())))
                        .answer())
                .isTrue();
    }

    private Waking asked(Rule rule) {
        return Waking.of(rule, around());
    }

    private Around around() {
        return new Around(
                channels, channel -> channel.kind().equals("pushover"), silences, ZoneId.of("Europe/Berlin"), NOW);
    }

    private UUID channel(String name, String kind, State state) {
        return channel(name, kind, state, Optional.empty());
    }

    private UUID buddy(String name) {
        return channel(name + "'s phone", "pushover", State.ACTIVE, Optional.of(name));
    }

    private UUID channel(String name, String kind, State state, Optional<String> buddy) {
        var id = new UUID(7, channels.size());
        channels.add(new RegisteredChannel(
                id,
                ACCOUNT,
                Optional.empty(),
                name,
                Map.of(),
                kind,
                Map.of(),
                buddy,
                Optional.empty(),
                state,
                state == State.DISABLED ? Optional.of("gone") : Optional.empty(),
                Optional.empty(),
                NOW,
                1));
        return id;
    }

    private void silence(Watches watches, Instant from, Instant until) {
        silences.add(new Silence(new UUID(8, 1), ACCOUNT, watches, from, until, "we fly", false, NOW));
    }

    private static Escalation step(String after, UUID channel) {
        return new Escalation(Duration.parse(after), List.of(channel));
    }

    private static Telling telling(
            Optional<List<UUID>> channels, List<Escalation> escalation, Optional<QuietHours> quiet) {
        return new Telling(channels, escalation, quiet, true);
    }

    private static Rule rule() {
        return rule(Telling.EVERYTHING);
    }

    private static Rule rule(Telling telling) {
        return rule(Severity.CRITICAL, telling);
    }

    private static Rule rule(Severity severity, Telling telling) {
        return new Rule(
                new UUID(0, 2),
                ACCOUNT,
                Optional.empty(),
                "low",
                Map.of(),
                new Watches.All(),
                new Condition.LiquidationDistance(Optional.empty()),
                List.of(new Level(
                        severity,
                        new Level.Limit.Auto(),
                        Optional.empty(),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMinutes(15),
                        Optional.empty())),
                telling,
                NOW,
                1);
    }
}
