package dev.plimsoll.alert;

import static dev.plimsoll.alert.Story.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Cause;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An alert of blindness, asked with what is blind at some minutes after noon. */
class BlackoutTest {
    private static final Rule BLIND = DefaultRules.of(new UUID(0, 2), NOON).stream()
            .filter(rule -> rule.condition() instanceof Condition.Blind)
            .findFirst()
            .orElseThrow();

    private Rule rule = BLIND;
    private AlertState state = AlertState.quiet(0);
    private String text = "";

    @Test
    void itIsToldAfterItsTimeWorsensAsItDoublesAndEndsOnce() {
        assertThat(at("PT0S", lost(NOON))).isEmpty();
        assertThat(at("PT4M", lost(NOON))).isEmpty();
        assertThat(at("PT5M", lost(NOON))).containsExactly("alert.firing");
        assertThat(at("PT6M", told(NOON))).isEmpty();
        assertThat(at("PT11M", told(NOON), lost(minutes(7)))).isEmpty();
        assertThat(at("PT12M", told(NOON), lost(minutes(7)))).containsExactly("alert.worsened");
        assertThat(at("PT20M", told(NOON), told(minutes(7)), lost(minutes(12)))).isEmpty();
        assertThat(at("PT21M", seen(minutes(21)))).isEmpty();
        assertThat(at("PT22M", seen(minutes(21)))).containsExactly("alert.resolved");
        assertThat(at("PT23M")).isEmpty();
    }

    @Test
    void theFirstMessageNamesAllThatAreBlindThoughTheirOwnTimeHasNotCome() {
        var near = lost("near", NOON, "4.2");
        var far = lost("far", NOON, "40");
        at("PT0S", near, far);

        assertThat(at("PT1M", near, far)).containsExactly("alert.firing");

        assertThat(text)
                .isEqualTo("2 positions cannot be judged since 12:00 UTC: near, far."
                        + " No believable price of ETH: 1 of 2 price families."
                        + " When it was last seen, near was 4.2 % away from liquidation."
                        + " Until they can be judged, silence about them says nothing.");
    }

    @Test
    void manyAreNamedInPart() {
        var many = IntStream.rangeClosed(1, 7)
                .mapToObj(i -> lost("loan " + i, NOON, "10"))
                .toArray(Blindness[]::new);
        at("PT0S", many);
        at("PT5M", many);

        assertThat(text)
                .startsWith("7 positions cannot be judged since 12:00 UTC: loan 1, loan 2, loan 3, loan 4, loan 5 and 2"
                        + " more.");
    }

    @Test
    void itsEndSaysSinceWhenAndAfterHowLong() {
        at("PT0S", lost(NOON));
        at("PT5M", lost(NOON));
        at("PT39M", seen(minutes(39)));
        at("PT40M", seen(minutes(39)));

        assertThat(text).isEqualTo("Judged again since 12:39 UTC, after 39 min: ETH loan.");
    }

    @Test
    void eachLevelHasAPatienceOfItsOwn() {
        rule = with(level(Severity.WARNING, "PT2M"), level(Severity.CRITICAL, "PT10M"));
        at("PT0S", lost(NOON));

        assertThat(at("PT2M", lost(NOON))).containsExactly("alert.firing");
        assertThat(at("PT9M", told(NOON))).isEmpty();
        assertThat(at("PT10M", told(NOON))).containsExactly("alert.worsened");
        assertThat(state.severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aPositionLostForAMomentKeepsNoAllClearBack() {
        at("PT0S", lost(NOON));
        at("PT5M", lost(NOON));
        at("PT6M", seen(minutes(6)));

        assertThat(at("PT7M", seen(minutes(6)), lost("other", minutes(7), "40")))
                .containsExactly("alert.resolved");
    }

    private List<String> at(String afterNoon, Blindness... positions) {
        var at = NOON.plus(Duration.parse(afterNoon));
        var blackout = new Blackout(
                new Cause.Unpriced(new Asset("ETH")), List.of(positions), state, at, Duration.ofMinutes(1));
        var step = Life.next(state, blackout.observe(rule, NOON));
        step.transitions()
                .forEach(transition ->
                        text = Message.ofBlindness(transition, rule, blackout).plain());
        state = step.state();
        return step.transitions().stream().map(Transition::type).toList();
    }

    private static Instant minutes(int afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }

    private static Blindness lost(Instant since) {
        return blindness("ETH loan", since, Optional.empty(), "10", false);
    }

    private static Blindness lost(String name, Instant since, String distance) {
        return blindness(name, since, Optional.empty(), distance, false);
    }

    private static Blindness told(Instant since) {
        return blindness("ETH loan", since, Optional.empty(), "10", true);
    }

    private static Blindness seen(Instant again) {
        return blindness("ETH loan", NOON, Optional.of(again), "10", true);
    }

    private static Blindness blindness(
            String name, Instant since, Optional<Instant> seen, String distance, boolean told) {
        return new Blindness(
                UUID.nameUUIDFromBytes((name + since).getBytes(StandardCharsets.UTF_8)),
                name,
                "no believable price of ETH: 1 of 2 price families",
                since,
                seen,
                Optional.of(new BigDecimal(distance)),
                Optional.empty(),
                told);
    }

    private static Level level(Severity severity, String after) {
        return new Level(
                severity,
                new Level.Limit.After(Duration.parse(after)),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(4),
                Optional.empty());
    }

    private static Rule with(Level... levels) {
        return new Rule(
                BLIND.id(),
                BLIND.account(),
                BLIND.key(),
                BLIND.name(),
                BLIND.labels(),
                BLIND.watches(),
                BLIND.condition(),
                List.of(levels),
                BLIND.telling(),
                BLIND.createdAt(),
                BLIND.version());
    }
}
