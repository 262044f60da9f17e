package dev.plimsoll.oracle;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Tick;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant NOON = Instant.parse("2025-02-03T12:00:00Z");

    private final Pace pace = new Pace(ofMinutes(5), ofSeconds(30));

    @Test
    void theFirstAskIsDueAtOnce() {
        assertThat(pace.isDue(at(0))).isTrue();
        assertThat(pace.next()).isEmpty();
    }

    @Test
    void restsBetweenTwoAsksButForHalfATick() {
        pace.asked(NOON);
        pace.ended(false, Optional.empty());

        assertThat(pace.isDue(at(294))).isFalse();
        assertThat(pace.isDue(at(295))).isTrue();
        assertThat(pace.next()).contains(NOON.plusSeconds(300));
    }

    @Test
    void asksAgainSoonerAfterAFailure() {
        pace.asked(NOON);
        pace.ended(true, Optional.empty());

        assertThat(pace.isDue(at(30))).isTrue();
    }

    @Test
    void neverAsksBeforeTheSourceWishesNotEvenByHalfATick() {
        pace.asked(NOON);
        pace.ended(true, Optional.of(NOON.plusSeconds(600)));

        assertThat(pace.isDue(at(599))).isFalse();
        assertThat(pace.isDue(at(600))).isTrue();
        assertThat(pace.next()).contains(NOON.plusSeconds(600));
    }

    @Test
    void aWishThatIsShorterThanTheRestChangesNothing() {
        pace.asked(NOON);
        pace.ended(false, Optional.of(NOON.plusSeconds(2)));

        assertThat(pace.isDue(at(290))).isFalse();
        assertThat(pace.next()).contains(NOON.plusSeconds(300));
    }

    @Test
    void aWishHoldsForOneAskOnly() {
        pace.asked(NOON);
        pace.ended(true, Optional.of(NOON.plusSeconds(600)));
        pace.asked(NOON.plusSeconds(600));
        pace.ended(true, Optional.empty());

        assertThat(pace.isDue(at(630))).isTrue();
    }

    @Test
    void aClockThatWentBackDoesNotKeepASourceFromBeingAsked() {
        pace.asked(NOON);
        pace.ended(true, Optional.of(NOON.plusSeconds(3_600)));

        assertThat(pace.isDue(at(-60))).isTrue();
    }

    private static Tick at(int second) {
        return new Tick(1, NOON.plusSeconds(second), ofSeconds(10));
    }
}
