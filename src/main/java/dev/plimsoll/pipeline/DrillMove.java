package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.rule.Rule;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a drill does at one look.
 *
 * @param write of its alert; changes nothing where nothing is due
 * @param text  of each transition
 * @param ends  how it ended, where it did
 * @param way   whose channels are told; empty tells every active channel of the owner's own, and buddies that were rung
 */
record DrillMove(AlertWrite write, Function<Transition, Text> text, Optional<Ending> ends, Optional<Rule> way) {

    /** @param why empty where the state says all */
    record Ending(Drill.State state, Optional<String> why) {}
}
