package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayClockTest {
    private final HandClock life = new HandClock();

    @Test
    void showsItsStartWhenMade() {
        var clock = new ReplayClock(life, Instant.parse("2021-05-19T12:00:00Z"), 60);

        assertThat(clock.instant()).isEqualTo("2021-05-19T12:00:00Z");
    }

    @Test
    void runsSoManyTimesFasterThanLife() {
        var clock = new ReplayClock(life, Instant.parse("2021-05-19T12:00:00Z"), 60);

        life.advance(Duration.ofSeconds(90));

        assertThat(clock.instant()).isEqualTo("2021-05-19T13:30:00Z");
    }

    @Test
    void refusesToStandStill() {
        assertThatThrownBy(() -> new ReplayClock(life, Instant.EPOCH, 0)).hasMessageContaining("clock-speed");
    }
}
