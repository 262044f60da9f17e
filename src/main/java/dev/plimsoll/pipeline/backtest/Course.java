package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One alert on its way through the past, and what is worth telling of it. */
final class Course {
    private final Subject subject;
    private final List<Told> told = new ArrayList<>();
    private AlertState state = AlertState.quiet(0);
    private Optional<Sunk> sunk = Optional.empty();
    private Optional<Instant> perhaps = Optional.empty();
    private boolean dark;
    private long judgedSeconds;
    private long unknownSeconds;

    Course(Subject subject) {
        this.subject = subject;
    }

    AlertState state() {
        return state;
    }

    /** @param dark it could not be said what it is */
    void step(AlertState next, List<Told> news, boolean dark) {
        state = next;
        told.addAll(news);
        this.dark = dark;
    }

    /** So much time went by, in which it was what the last step said. */
    void pass(Duration time) {
        if (dark) {
            unknownSeconds += time.toSeconds();
        } else {
            judgedSeconds += time.toSeconds();
        }
    }

    void maySink(Instant since) {
        perhaps = perhaps.or(() -> Optional.of(since));
    }

    void sink(Sunk how) {
        sunk = Optional.of(how);
        perhaps = perhaps.filter(since -> since.isBefore(how.at()));
    }

    Story story() {
        return new Story(
                subject, told, sunk, perhaps, Duration.ofSeconds(judgedSeconds), Duration.ofSeconds(unknownSeconds));
    }
}
