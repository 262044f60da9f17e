package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.delivery.Notice;
import java.util.List;
import java.util.Optional;

/**
 * What one rule says of one subject in one tick.
 *
 * @param decided where the alert then stands
 * @param write   empty when nothing changed
 * @param notices what is to be told
 */
record Ruling(Decided decided, Optional<AlertWrite> write, List<Notice> notices) {
    Ruling {
        notices = List.copyOf(notices);
    }

    static Ruling unchanged(Decided decided) {
        return new Ruling(decided, Optional.empty(), List.of());
    }

    static Ruling changed(Decided decided, AlertWrite write, List<Notice> notices) {
        return new Ruling(decided, Optional.of(write), notices);
    }

    /** The same, told to nobody; the timeline says why. */
    Ruling mutedBecause(String why) {
        return new Ruling(decided, write.map(told -> told.mutedBecause(why)), List.of());
    }

    /** All that the rules on one thing say, to be committed together. */
    static Decision decision(List<Ruling> rulings, Runnable settle) {
        return new Decision(
                rulings.stream().flatMap(ruling -> ruling.write().stream()).toList(),
                rulings.stream().flatMap(ruling -> ruling.notices().stream()).toList(),
                settle);
    }
}
