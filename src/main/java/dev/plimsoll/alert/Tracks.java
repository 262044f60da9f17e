package dev.plimsoll.alert;

import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes the levels of an alert one tick further. */
final class Tracks {
    private Tracks() {}

    /**
     * A level that goes on takes the milder ones along: who is critical is past the warning, whatever its hold. While
     * an alert fires, a level that is breached needs no hold of its own to keep it firing.
     */
    static Map<Severity, Track> next(AlertState state, Observation seen) {
        Map<Severity, Track> tracks = new EnumMap<>(Severity.class);
        for (var verdict : seen.verdicts()) {
            var severity = verdict.level().severity();
            next(Optional.ofNullable(state.tracks().get(severity)), verdict, seen)
                    .ifPresent(track -> tracks.put(severity, track));
        }
        var top = top(tracks).or(() -> state.phase() == AlertState.Phase.FIRING ? mildest(tracks) : Optional.empty());
        top.ifPresent(reached -> tracks.replaceAll((severity, track) ->
                severity.compareTo(reached) <= 0 && !track.isOn() ? new Track(Stage.ON, seen.at()) : track));
        return tracks;
    }

    /** The most severe level that is on. */
    static Optional<Severity> top(Map<Severity, Track> tracks) {
        return severities(tracks)
                .filter(severity -> tracks.get(severity).isOn())
                .max(Severity::compareTo);
    }

    private static Optional<Severity> mildest(Map<Severity, Track> tracks) {
        return severities(tracks).min(Severity::compareTo);
    }

    private static Stream<Severity> severities(Map<Severity, Track> tracks) {
        return tracks.keySet().stream();
    }

    private static Optional<Track> next(Optional<Track> before, Verdict verdict, Observation seen) {
        var level = verdict.level();
        if (before.isPresent() && before.get().isOn()) {
            return verdict.toClear() instanceof Evaluation.Clear
                    ? held(Stage.FALLING, before.get(), level.clearHold(), seen)
                    : Optional.of(stay(before.get(), seen));
        }
        return verdict.toFire() instanceof Evaluation.Breached
                ? held(Stage.RISING, before.orElse(new Track(Stage.RISING, seen.at())), level.hold(), seen)
                : Optional.empty();
    }

    private static Track stay(Track before, Observation seen) {
        return before.stage() == Stage.ON ? before : new Track(Stage.ON, seen.at());
    }

    /** Still in {@code stage}, or beyond it when its hold is over: on after rising, off after falling. */
    private static Optional<Track> held(Stage stage, Track before, Duration hold, Observation seen) {
        var since = before.stage() == stage ? unbroken(before.since(), seen) : seen.at();
        if (Duration.between(since, seen.at()).compareTo(hold) < 0) {
            return Optional.of(new Track(stage, since));
        }
        return stage == Stage.RISING ? Optional.of(new Track(Stage.ON, seen.at())) : Optional.empty();
    }

    /**
     * A hold that lies before a gap in judgement starts anew where the gap ends, whether or not it was looked at then; one
     * that lies ahead of a clock that was set back, now.
     */
    private static Instant unbroken(Instant since, Observation seen) {
        var counted = since.isBefore(seen.unbrokenSince()) ? seen.unbrokenSince() : since;
        return counted.isAfter(seen.at()) ? seen.at() : counted;
    }
}
