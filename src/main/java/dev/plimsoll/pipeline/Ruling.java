package dev.plimsoll.pipeline;

import dev.plimsoll.book.Bands.Decided;
import java.util.List;
import java.util.Optional;

/**
 * What one rule says of one subject in one tick.
 *
 * @param decided where the alert then stands
 * @param draft   empty when nothing changed and nothing is to be told
 */
record Ruling(Decided decided, Optional<Draft> draft) {

    /** All that the rules on one thing say, to be committed together. */
    static Finding finding(List<Ruling> rulings, Runnable settle) {
        return new Finding(
                rulings.stream().flatMap(ruling -> ruling.draft().stream()).toList(), settle);
    }
}
