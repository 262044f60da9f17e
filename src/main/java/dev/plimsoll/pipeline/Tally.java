package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.Transition;
import io.quarkus.logging.Log;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a tick committed.
 *
 * @param told  the transitions, in the order they were committed
 * @param stale alerts that somebody else wrote first; the next tick judges them again
 */
record Tally(List<Told> told, int stale) {
    static final Tally NOTHING = new Tally(List.of(), 0);

    Tally {
        told = List.copyOf(told);
    }

    static Tally of(List<Tally> tallies) {
        return new Tally(
                tallies.stream().flatMap(tally -> tally.told.stream()).toList(),
                tallies.stream().mapToInt(Tally::stale).sum());
    }

    Tally plus(Tally other) {
        return of(List.of(this, other));
    }

    /** One transition of one alert. */
    record Told(UUID alert, Alert.Key key, Transition transition) {
        /** In a crash thousands change together, and their timelines tell of each. */
        private static final int LISTED = 50;

        /** A line for each, or one for all where they are a crowd: writing lines must not hold up the next commit. */
        static void log(List<Told> together) {
            if (together.size() <= LISTED) {
                together.forEach(Told::log);
            } else {
                var types = together.stream()
                        .collect(Collectors.groupingBy(
                                told -> told.transition().type(), TreeMap::new, Collectors.counting()));
                Log.infof("alerts changed: count=%d types=%s", together.size(), types);
            }
        }

        private void log() {
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
