package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Because;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillFeedStore.Taken;
import dev.plimsoll.alert.DrillText;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Text;
import dev.plimsoll.pipeline.DrillMove.Ending;
import dev.plimsoll.rule.Rule;
import java.time.Duration;
import java.util.Optional;

/** The ends that a running drill can come to: each resolves its alert and is told. */
final class DrillEnd {
    private final Taken taken;
    private final Alert alert;
    private final Optional<Rule> way;

    /** @param way the rule it goes by; empty where it has no critical level any more, or is gone */
    DrillEnd(Taken taken, Alert alert, Optional<Rule> way) {
        this.taken = taken;
        this.alert = alert;
        this.way = way;
    }

    /** Acknowledged, or broken off; empty while neither is so. */
    Optional<DrillMove> due() {
        var drill = taken.drill();
        return drill.acknowledgedAt().isPresent()
                ? Optional.of(end(
                        Because.CONFIRMED,
                        new Ending(Drill.State.ACKNOWLEDGED, Optional.empty()),
                        DrillText.acknowledged(drill),
                        way))
                : drill.why()
                        .or(() -> taken.busy().map(name -> "\"" + name + "\" fires in earnest"))
                        .map(why -> interrupted(Because.CLOSED, why));
    }

    /** Nobody is left to be told. @param waited from the first message */
    DrillMove unheard(Duration waited) {
        return end(
                Because.CLOSED,
                new Ending(Drill.State.UNACKNOWLEDGED, Optional.empty()),
                DrillText.unheard(waited),
                Optional.empty());
    }

    /** There is no ladder any more. @param rule as it is now; empty where it was deleted */
    DrillMove ladderGone(Optional<Rule> rule) {
        return rule.map(known -> interrupted(
                        Because.RULE_CHANGED, "its rule \"" + known.name() + "\" has no critical level any more"))
                .orElseGet(() -> interrupted(Because.RULE_DELETED, "its rule was deleted"));
    }

    private DrillMove interrupted(Because because, String why) {
        var ending = new Ending(Drill.State.INTERRUPTED, Optional.of(why));
        return end(because, ending, DrillText.interrupted(why), way);
    }

    private DrillMove end(Because because, Ending ending, Text text, Optional<Rule> told) {
        var step = Life.end(alert.state(), taken.now(), because);
        var write = AlertWrite.ofDrill(taken.drill(), alert.key().rule(), Optional.of(alert), step, alert.shown());
        return new DrillMove(write, transition -> text, Optional.of(ending), told);
    }
}
