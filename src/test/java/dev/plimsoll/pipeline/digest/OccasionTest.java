package dev.plimsoll.pipeline.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.pipeline.digest.Occasion.Daily;
import dev.plimsoll.pipeline.digest.Occasion.Weekly;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OccasionTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Occasion MORNING = new Daily(LocalTime.of(8, 0));

    @Test
    void itComesByTheClockOnTheWallInSummerAndInWinter() {
        assertThat(MORNING.on(LocalDate.parse("2026-07-01"), BERLIN)).isEqualTo("2026-07-01T06:00:00Z");
        assertThat(MORNING.on(LocalDate.parse("2026-12-01"), BERLIN)).isEqualTo("2026-12-01T07:00:00Z");
    }

    @Test
    void aTimeThatTheClockSkipsComesWhenItIsPutForward() {
        var night = new Daily(LocalTime.of(2, 30));

        assertThat(night.on(LocalDate.parse("2026-03-29"), BERLIN)).isEqualTo("2026-03-29T01:00:00Z");
    }

    @Test
    void aTimeThatTheClockShowsTwiceComesOnce() {
        var night = new Daily(LocalTime.of(2, 30));
        var first = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(night.on(LocalDate.parse("2026-10-25"), BERLIN)).isEqualTo(first);
        assertThat(night.next(first.plusSeconds(1), BERLIN, Optional.empty())).isEqualTo("2026-10-26");
    }

    @Test
    void aWeeklyOneComesOnItsDay() {
        var monday = new Weekly(LocalTime.of(8, 0), DayOfWeek.MONDAY);

        assertThat(monday.next(Instant.parse("2026-11-21T12:00:00Z"), BERLIN, Optional.empty()))
                .isEqualTo("2026-11-23");
    }

    @Test
    void itIsNotDueBeforeItsTime() {
        assertThat(due("2026-11-21T07:00:00Z", "2026-11-20").edition(Instant.parse("2026-11-21T06:59:59Z")))
                .isEmpty();
    }

    @Test
    void itLooksBackToTheOneBefore() {
        var edition = edition("2026-11-21T07:00:00Z", "2026-11-20", "2026-11-21T07:00:03Z");

        assertThat(edition.date()).isEqualTo("2026-11-21");
        assertThat(edition.since()).isEqualTo("2026-11-20T07:00:00Z");
        assertThat(edition.isLate()).isFalse();
        assertThat(edition.missed()).isEmpty();
    }

    @Test
    void afterAStopTheLastOneThatIsDueComesAndSaysWhichOnesDidNot() {
        var edition = edition("2026-11-19T07:00:00Z", "2026-11-18", "2026-11-21T10:42:00Z");

        assertThat(edition.date()).isEqualTo("2026-11-21");
        assertThat(edition.since()).isEqualTo("2026-11-18T07:00:00Z");
        assertThat(Openings.late(edition))
                .contains("None came on Thu 19 Nov, Fri 20 Nov: I was not running. Late: due Sat 21 Nov, 08:00, as of"
                        + " Sat 21 Nov, 11:42.");
    }

    @Test
    void whoMovesToAnotherZoneIsToldAtTheTimeOfDayThere() {
        var moved = new DueDigest(digest(Optional.empty()), ZoneId.of("America/New_York"), date("2026-11-21"));
        var now = Instant.parse("2026-11-21T09:00:00Z");

        assertThat(moved.edition(now)).isEmpty();
        assertThat(moved.next(now)).isEqualTo("2026-11-22T13:00:00Z");
    }

    @Test
    void aDayThatHadOneHasNoSecondWhenTheTimeIsPutOff() {
        var due = due("2026-11-21T07:00:00Z", "2026-11-21");
        var now = Instant.parse("2026-11-21T07:00:01Z");

        assertThat(due.edition(now)).isEmpty();
        assertThat(due.next(now)).isEqualTo("2026-11-22T07:00:00Z");
    }

    @Test
    void aCheckThatComesLateIsAboutTheRestOfTheNight() {
        var bedtime = new Bedtime(LocalTime.of(22, 30), Bedtime.USUAL_SLEEP, Bedtime.USUALLY_ACCEPTABLE);
        var due = Instant.parse("2026-11-21T21:30:00Z");
        var late = new Edition(
                new DigestDraft(bedtime, Optional.empty()).unstored(UUID.randomUUID(), due),
                BERLIN,
                LocalDate.parse("2026-11-21"),
                due,
                Instant.parse("2026-11-22T00:00:00Z"),
                due,
                List.of());

        assertThat(late.left(bedtime)).hasHours(5).hasMinutes(330);
    }

    private static Edition edition(String due, String last, String now) {
        return due(due, last).edition(Instant.parse(now)).orElseThrow();
    }

    private static DueDigest due(String due, String last) {
        return new DueDigest(digest(Optional.of(Instant.parse(due))), BERLIN, date(last));
    }

    private static Digest digest(Optional<Instant> next) {
        return new Digest(UUID.randomUUID(), UUID.randomUUID(), MORNING, Optional.empty(), next, Instant.EPOCH, 1);
    }

    private static Optional<LocalDate> date(String text) {
        return Optional.of(LocalDate.parse(text));
    }
}
