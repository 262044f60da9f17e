package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.DigestDraft;
import dev.plimsoll.pipeline.digest.Occasion;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.pipeline.digest.Occasion.Daily;
import dev.plimsoll.pipeline.digest.Occasion.Weekly;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a digest, whole or changed in part. What it refers to must be the account's own. */
final class DigestForm {
    private static final List<String> KINDS = List.of("daily", "weekly", "bedtime");

    private DigestForm() {}

    static DigestDraft whole(byte[] body, References own) {
        return Form.of(body, form -> whole(form, own));
    }

    /** One of several. */
    static Reader<DigestDraft> reader(References own) {
        return Readers.object(form -> whole(form, own));
    }

    private static Optional<DigestDraft> whole(Form form, References own) {
        var kind = form.required("kind", Readers.oneOf(KINDS));
        var at = form.required("at", Readers.timeOfDay());
        var channels = form.optional("channels", TellingForm.channels());
        return draft(form, own, channels, occasion(form, kind, at, Optional.empty()));
    }

    /** What is named changes, null clears, everything else stays. */
    static DigestDraft patch(byte[] body, Digest now, References own) {
        return Form.of(body, form -> {
            var kind = Patch.kept(
                    form, "kind", Readers.oneOf(KINDS), now.occasion().kind());
            var at = Patch.kept(form, "at", Readers.timeOfDay(), now.occasion().at());
            var channels = Patch.of(form, "channels", TellingForm.channels(), now.channels());
            return draft(form, own, channels, occasion(form, kind, at, Optional.of(now.occasion())));
        });
    }

    private static Optional<DigestDraft> draft(
            Form form, References own, Optional<List<UUID>> channels, Optional<Occasion> occasion) {
        channels.ifPresent(ids -> own.refuse(form, "/channels", ids));
        return form.complete(() -> new DigestDraft(occasion.orElseThrow(), channels));
    }

    /** Only the fields of its kind are known; of another kind before nothing is kept. */
    private static Optional<Occasion> occasion(
            Form form, Optional<String> kind, Optional<LocalTime> at, Optional<Occasion> now) {
        return kind.flatMap(word -> switch (word) {
            case "weekly" -> weekly(form, at, now);
            case "bedtime" -> bedtime(form, at, now);
            default -> at.map(Daily::new);
        });
    }

    private static Optional<Occasion> weekly(Form form, Optional<LocalTime> at, Optional<Occasion> now) {
        var before =
                now.filter(Weekly.class::isInstance).map(Weekly.class::cast).map(Weekly::day);
        var day = Patch.of(form, "day", Readers.oneOf(DayOfWeek.class), before);
        return at.map(time -> new Weekly(time, day.orElse(DayOfWeek.MONDAY)));
    }

    private static Optional<Occasion> bedtime(Form form, Optional<LocalTime> at, Optional<Occasion> now) {
        var before = now.filter(Bedtime.class::isInstance).map(Bedtime.class::cast);
        var asleep = Patch.of(form, "asleep", asleep(), before.map(Bedtime::asleep));
        var acceptable = Patch.of(form, "acceptableChance", acceptable(), before.map(Bedtime::acceptable));
        return at.map(time ->
                new Bedtime(time, asleep.orElse(Bedtime.USUAL_SLEEP), acceptable.orElse(Bedtime.USUALLY_ACCEPTABLE)));
    }

    private static Reader<Duration> asleep() {
        return Readers.duration(Bedtime.LONGEST_SLEEP)
                .where(time -> time.compareTo(Bedtime.SHORTEST_SLEEP) >= 0, "At least an hour.")
                .where(
                        time -> time.equals(time.truncatedTo(ChronoUnit.MINUTES)),
                        "Whole minutes, such as \"PT8H\" or \"PT7H30M\".");
    }

    private static Reader<BigDecimal> acceptable() {
        return Readers.decimal()
                .where(
                        chance -> chance.compareTo(Bedtime.LEAST_ACCEPTABLE) >= 0
                                && chance.compareTo(Bedtime.MOST_ACCEPTABLE) <= 0,
                        "A chance from 0.0001 to 0.5: \"0.001\" is 0.1 %.");
    }
}
