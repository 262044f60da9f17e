package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A watch that is held and gets nowhere; seconds since it was taken. */
class StallTest {
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final Stall stall = new Stall(Duration.ofSeconds(90), Duration.ofSeconds(20), 0);

    @Test
    void itGetsNowhereWhenNoTickHasEndedForTooLong() {
        assertThat(stall.isOn(after(90), LONG_AGO)).isFalse();
        assertThat(stall.isOn(after(91), LONG_AGO)).isTrue();
    }

    @Test
    void eachTickThatEndsWellBeginsThePatienceAnew() {
        stall.none(after(80));

        assertThat(stall.isOn(after(170), LONG_AGO)).isFalse();
        assertThat(stall.isOn(after(171), LONG_AGO)).isTrue();
    }

    @Test
    void aBookThatIsReadForMinutesIsNoReasonAndTicksHaveTheirTimeAfterIt() {
        assertThat(stall.isOn(after(600), Duration.ZERO)).isFalse();
        assertThat(stall.isOn(after(600), Duration.ofSeconds(90))).isFalse();
        assertThat(stall.isOn(after(600), Duration.ofSeconds(91))).isTrue();
    }

    @Test
    void whoStepsAsideComesBackWithAllThePatience() {
        assertThat(stall.isAside(after(100))).isFalse();

        stall.stepAside(after(100));

        assertThat(stall.isAside(after(119))).isTrue();
        assertThat(stall.isAside(after(120))).isFalse();
        assertThat(stall.isOn(after(210), LONG_AGO)).isFalse();
        assertThat(stall.isOn(after(211), LONG_AGO)).isTrue();
    }

    private static long after(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
