package dev.plimsoll.api;

import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import dev.plimsoll.rule.Escalation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.QuietHours;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.TellingCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Reads whom a rule tells, whom later, and when not. */
final class TellingForm {
    private static final int MAX_CHANNELS = 50;
    private static final int MAX_STEPS = 5;
    private static final Duration LONGEST = Duration.ofDays(30);

    private TellingForm() {}

    static Reader<List<UUID>> channels() {
        return Readers.list(1, MAX_CHANNELS, Readers.uuid());
    }

    /** What is named changes, null clears, everything else stays. */
    static Telling read(Form form, Telling now) {
        return new Telling(
                Patch.of(form, "channels", channels(), now.channels()),
                Patch.of(form, "escalation", escalation(), Optional.of(now.escalation()))
                        .orElse(List.of()),
                Patch.of(form, "quietHours", Readers.object(TellingForm::hours), now.quietHours()),
                form.optional("notifyResolved", Readers.flag()).orElse(now.notifyResolved()));
    }

    private static Reader<List<Escalation>> escalation() {
        return Readers.list(0, MAX_STEPS, Readers.object(TellingForm::step));
    }

    private static Optional<Escalation> step(Form form) {
        var after = form.required(
                "after",
                Readers.duration(LONGEST).where(Duration::isPositive, "An escalation comes later than the alert."));
        var channels = form.required("channels", channels());
        return form.complete(() -> new Escalation(after.orElseThrow(), channels.orElseThrow()));
    }

    private static Optional<QuietHours> hours(Form form) {
        var from = form.required("from", Readers.timeOfDay());
        var to = form.required("to", Readers.timeOfDay());
        if (from.isPresent() && from.equals(to)) {
            form.refuse(
                    "to",
                    "Quiet hours from %1$s to %1$s are none or all of the day; say when they end."
                            .formatted(from.get()));
        }
        return form.complete(() -> new QuietHours(from.orElseThrow(), to.orElseThrow()));
    }

    private static void check(Form form, int step, List<UUID> channels, boolean last, References own) {
        var pointer = "/escalation/" + step + "/channels";
        if (last) {
            own.refuseStrange(form, pointer, channels);
        } else {
            own.refuse(form, pointer, channels);
        }
    }

    /** Refuses what makes no sense together, and channels of others. */
    static void check(Form form, List<Level> levels, Telling telling, References own) {
        var steps = telling.escalation();
        telling.channels().ifPresent(ids -> own.refuse(form, "/channels", ids));
        IntStream.range(0, steps.size())
                .forEach(i -> check(form, i, steps.get(i).channels(), i == steps.size() - 1, own));
        TellingCheck.faults(levels, telling).forEach(fault -> form.refuseAt(fault.pointer(), fault.detail()));
    }
}
