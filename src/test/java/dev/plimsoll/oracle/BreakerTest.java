package dev.plimsoll.oracle;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant NOON = Instant.parse("2025-02-03T12:00:00Z");

    private final Breaker breaker = new Breaker(3, ofSeconds(30));

    @Test
    void opensAfterSomeFailuresInARow() {
        breaker.failed(NOON, false);
        breaker.failed(NOON, false);
        assertThat(breaker.admits(NOON)).isTrue();

        breaker.failed(NOON, false);

        assertThat(breaker.admits(NOON.plusSeconds(29))).isFalse();
        assertThat(breaker.admits(NOON.plusSeconds(30))).isTrue();
    }

    @Test
    void aSuccessBetweenFailuresStartsTheCountAnew() {
        breaker.failed(NOON, false);
        breaker.failed(NOON, false);
        breaker.succeeded();
        breaker.failed(NOON, false);
        breaker.failed(NOON, false);

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void opensAtOnceWhereTheSourceSaysItIsAskedTooOften() {
        breaker.failed(NOON, true);

        assertThat(breaker.admits(NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void aProbeThatIsAskedTooOftenAgainDoublesThePauseUpToSixteenTimes() {
        breaker.failed(NOON, true);
        breaker.failed(NOON, true);
        assertThat(breaker.admits(NOON.plusSeconds(59))).isFalse();
        assertThat(breaker.admits(NOON.plusSeconds(60))).isTrue();

        for (var i = 0; i < 40; i++) {
            breaker.failed(NOON, true);
        }

        assertThat(breaker.admits(NOON.plusSeconds(479))).isFalse();
        assertThat(breaker.admits(NOON.plusSeconds(480))).isTrue();
    }

    @Test
    void aLongOutageIsFollowedByAnAskWithinOnePause() {
        for (var i = 0; i < 40; i++) {
            breaker.failed(NOON, false);
        }

        assertThat(breaker.admits(NOON.plusSeconds(29))).isFalse();
        assertThat(breaker.admits(NOON.plusSeconds(30))).isTrue();
    }

    @Test
    void aProbeThatSucceedsClosesIt() {
        breaker.failed(NOON, true);
        breaker.failed(NOON, false);
        breaker.succeeded();
        breaker.failed(NOON, true);

        assertThat(breaker.admits(NOON.plusSeconds(30))).isTrue();
    }

    @Test
    void aClockThatWentBackDoesNotProlongThePause() {
        breaker.failed(NOON, true);

        assertThat(breaker.admits(NOON.minusSeconds(3600))).isTrue();
    }
}
