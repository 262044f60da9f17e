package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.Transition;
import io.quarkus.logging.Log;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a tick committed.
 *
 * @param told   the transitions, in the order they were committed
 * @param stale  alerts that somebody else wrote first; the next tick judges them again
 * @param parked decisions the database refused for their content
 */
record Tally(List<Told> told, int stale, int parked) {
    static final Tally NOTHING = new Tally(List.of(), 0, 0);
    static final Tally PARKED = new Tally(List.of(), 0, 1);

    Tally {
        told = List.copyOf(told);
    }

    Tally plus(Tally other) {
        return new Tally(
                Stream.concat(told.stream(), other.told.stream()).toList(), stale + other.stale, parked + other.parked);
    }

    /** One transition of one alert. */
    record Told(UUID alert, Alert.Key key, Transition transition) {

        void log() {
            Log.infof(
                    "alert changed: type=%s reason=%s severity=%s alert=%s sequence=%d rule=%s subject=%s",
                    transition.type(),
                    transition.reason(),
                    transition.severity(),
                    alert,
                    transition.sequence(),
                    key.rule(),
                    key.subject().text());
        }
    }
}
