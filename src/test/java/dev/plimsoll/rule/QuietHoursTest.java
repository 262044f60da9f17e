package dev.plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T20:59:59Z, ", // 21:59:59 in Berlin
        "2026-01-15T21:00:00Z, 2026-01-16T06:00:00Z",
        "2026-01-16T05:59:59Z, 2026-01-16T06:00:00Z",
        "2026-01-16T06:00:00Z, ",
        "2026-07-15T20:00:00Z, 2026-07-16T05:00:00Z" // an hour earlier in summer
    })
    void theNightLastsFromTenInTheEveningToSevenByTheClockOnTheWall(Instant at, Instant end) {
        assertThat(hours("22:00", "07:00").endingAfter(at, BERLIN)).isEqualTo(Optional.ofNullable(end));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-15T11:59:59Z, ", // 12:59:59
        "2026-01-15T12:00:00Z, 2026-01-15T13:30:00Z",
        "2026-01-15T13:30:00Z, "
    })
    void aNapEndsOnTheSameDay(Instant at, Instant end) {
        assertThat(hours("13:00", "14:30").endingAfter(at, BERLIN)).isEqualTo(Optional.ofNullable(end));
    }

    @Test
    void theNightInWhichClocksGoForwardIsAnHourShorter() {
        var night = hours("22:00", "07:00");

        assertThat(night.endingAfter(Instant.parse("2026-03-28T21:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-03-29T05:00:00Z")); // eight hours
        assertThat(night.endingAfter(Instant.parse("2026-03-08T03:00:00Z"), NEW_YORK))
                .contains(Instant.parse("2026-03-08T11:00:00Z"));
    }

    @Test
    void theNightInWhichClocksGoBackIsAnHourLonger() {
        var night = hours("22:00", "07:00");

        assertThat(night.endingAfter(Instant.parse("2026-10-24T20:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-10-25T06:00:00Z")); // ten hours
        assertThat(night.endingAfter(Instant.parse("2026-11-01T02:00:00Z"), NEW_YORK))
                .contains(Instant.parse("2026-11-01T12:00:00Z"));
    }

    @Test
    void anEndThatTheClockSkipsIsTheInstantOfTheSkip() {
        var at = Instant.parse("2026-03-28T23:00:00Z");

        assertThat(hours("22:00", "02:30").endingAfter(at, BERLIN)).contains(Instant.parse("2026-03-29T01:00:00Z"));
    }

    @Test
    void aBeginningThatTheClockSkipsIsTheInstantOfTheSkip() {
        var early = hours("02:30", "06:00");

        assertThat(early.endingAfter(Instant.parse("2026-03-29T00:59:59Z"), BERLIN))
                .isEmpty();
        assertThat(early.endingAfter(Instant.parse("2026-03-29T01:00:00Z"), BERLIN))
                .contains(Instant.parse("2026-03-29T04:00:00Z"));
    }

    @Test
    void anEndThatTheClockShowsTwiceIsTheLaterOne() {
        var evening = hours("22:00", "02:30");

        assertThat(evening.endingAfter(Instant.parse("2026-10-25T00:45:00Z"), BERLIN)) // the first 02:45
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
        assertThat(evening.endingAfter(Instant.parse("2026-10-25T01:30:00Z"), BERLIN))
                .isEmpty();
    }

    @Test
    void aBeginningThatTheClockShowsTwiceIsTheEarlierOne() {
        var early = hours("02:30", "06:00");

        assertThat(early.endingAfter(Instant.parse("2026-10-25T00:30:00Z"), BERLIN)) // the first 02:30
                .contains(Instant.parse("2026-10-25T05:00:00Z"));
        assertThat(early.endingAfter(Instant.parse("2026-10-25T01:15:00Z"), BERLIN)) // the second 02:15
                .contains(Instant.parse("2026-10-25T05:00:00Z"));
    }

    @Test
    void hoursThatBothLieInTheSkippedOneAreNone() {
        var skipped = hours("02:15", "02:45");

        assertThat(skipped.endingAfter(Instant.parse("2026-03-29T01:00:00Z"), BERLIN))
                .isEmpty();
        assertThat(skipped.endingAfter(Instant.parse("2026-03-30T00:20:00Z"), BERLIN))
                .contains(Instant.parse("2026-03-30T00:45:00Z"));
    }

    @Test
    void aClockPutBackAtMidnightShowsTheEveningTwiceAndIsQuietForBoth() {
        var havana = ZoneId.of("America/Havana"); // 2026-11-01 01:00 becomes 00:00

        assertThat(hours("00:30", "06:00")
                        .endingAfter(Instant.parse("2026-11-01T05:10:00Z"), havana)) // the second 00:10
                .contains(Instant.parse("2026-11-01T11:00:00Z"));
    }

    private static QuietHours hours(String from, String to) {
        return new QuietHours(LocalTime.parse(from), LocalTime.parse(to));
    }
}
