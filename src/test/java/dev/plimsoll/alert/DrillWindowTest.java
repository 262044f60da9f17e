package dev.plimsoll.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrillWindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Four days before the clocks there are put forward. */
    private static final Instant NOW = Instant.parse("2027-03-24T12:00:00Z");

    private final Random random = new Random(7);

    @Test
    void everyDrawnTimeLiesBetweenTheHoursOnTheOwnersWall() {
        var night = new DrillWindow(LocalTime.of(23, 0), LocalTime.of(5, 0), NOW.plus(Duration.ofDays(7)));

        var drawn = IntStream.range(0, 2_000)
                .mapToObj(any -> night.draw(NOW, BERLIN, random).orElseThrow())
                .toList();

        assertThat(drawn).allSatisfy(at -> {
            var hour = at.atZone(BERLIN).getHour();
            assertThat(hour >= 23 || hour < 5).as("%s", at).isTrue();
            assertThat(at).isAfterOrEqualTo(NOW).isBefore(night.latest());
            assertThat(night.contains(at, BERLIN)).isTrue();
        });
        assertThat(drawn.stream().map(at -> at.atZone(BERLIN).toLocalDate()).distinct())
                .hasSize(8);
    }

    @Test
    void onlyWhatIsLeftOfTonightIsDrawn() {
        var until = Instant.parse("2027-03-25T02:00:00Z");
        var night = new DrillWindow(LocalTime.of(1, 0), LocalTime.of(5, 0), until);
        var midnight = Instant.parse("2027-03-25T01:30:00Z"); // 02:30 there

        var drawn = IntStream.range(0, 200)
                .mapToObj(any -> night.draw(midnight, BERLIN, random).orElseThrow())
                .toList();

        assertThat(drawn).allSatisfy(at -> assertThat(at).isBetween(midnight, until));
    }

    @Test
    void whereNoSuchHoursAreLeftNothingIsDrawn() {
        var over = new DrillWindow(LocalTime.of(1, 0), LocalTime.of(5, 0), NOW.plus(Duration.ofHours(3)));

        assertThat(over.draw(NOW, BERLIN, random)).isEmpty();
    }

    @Test
    void afterTheLastDayNoTimeLiesInIt() {
        var window = new DrillWindow(LocalTime.of(12, 0), LocalTime.of(14, 0), NOW);

        assertThat(window.contains(NOW.minusSeconds(1), ZoneId.of("UTC"))).isFalse();
        assertThat(window.contains(NOW, ZoneId.of("UTC"))).isFalse();
        assertThat(new DrillWindow(LocalTime.of(12, 0), LocalTime.of(14, 0), NOW.plusSeconds(9))
                        .contains(NOW, ZoneId.of("UTC")))
                .isTrue();
    }
}
