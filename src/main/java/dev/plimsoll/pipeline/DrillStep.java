package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Because;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillFeedStore.Taken;
import dev.plimsoll.alert.DrillText;
import dev.plimsoll.alert.Legs;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Step;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.delivery.Waking;
import dev.plimsoll.rule.Escalation;
import dev.plimsoll.rule.Evaluation.Breached;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What becomes of a drill at one look: its alert lives the life of any other, as if its critical level were breached all the
 * time, until it is acknowledged, nobody is left to be told, or something real happens.
 */
final class DrillStep {
    private static final String PREFIX = "drill of ";

    private final Taken taken;
    private final Rule rule;
    private final Level level;
    private final Duration patience;

    /** @param patience how long it waits after the last step of the escalation */
    DrillStep(Taken taken, Rule rule, Level critical, Duration patience) {
        this.taken = taken;
        this.rule = rule;
        this.level = critical.holding(Duration.ZERO, Duration.ZERO);
        this.patience = patience;
    }

    /**
     * @param write   of its alert; changes nothing where nothing is due
     * @param text    of each transition
     * @param ends    how it ended, where it did
     * @param tellsAll every active channel of the owner's own is told, not only those of the rule
     */
    record Move(AlertWrite write, Function<Transition, Text> text, Optional<Drill.State> ends, boolean tellsAll) {}

    /** The first message. */
    Move begin() {
        var step = Life.next(AlertState.quiet(0), observation());
        return new Move(write(Optional.empty(), step), told -> DrillText.calling(rule.name()), Optional.empty(), false);
    }

    /** @param alert as it is in the database */
    Move goOn(Alert alert) {
        var drill = taken.drill();
        if (drill.acknowledgedAt().isPresent()) {
            return end(alert, Because.CONFIRMED, Drill.State.ACKNOWLEDGED, DrillText.acknowledged(drill));
        }
        if (why().isPresent()) {
            return end(alert, Because.CLOSED, Drill.State.INTERRUPTED, DrillText.interrupted(why().get()));
        }
        if (!taken.now().isBefore(patientUntil())) {
            return end(alert, Because.CLOSED, Drill.State.UNACKNOWLEDGED, DrillText.unheard(waited()));
        }
        var step = Life.next(alert.state(), observation());
        return new Move(
                write(Optional.of(alert), step),
                told -> DrillText.calling(rule.name(), waited()),
                Optional.empty(),
                false);
    }

    /** Why it is broken off; empty while it goes on. */
    Optional<String> why() {
        return taken.drill().why().or(() -> taken.busy().map(name -> "\"" + name + "\" fires in earnest"));
    }

    private Move end(Alert alert, Because because, Drill.State state, Text text) {
        var step = Life.end(alert.state(), taken.now(), because);
        return new Move(
                write(Optional.of(alert), step), told -> text, Optional.of(state), state == Drill.State.UNACKNOWLEDGED);
    }

    private Instant patientUntil() {
        var steps = rule.escalation();
        var last = steps.isEmpty() ? Duration.ZERO : steps.getLast().after();
        return started().plus(last).plus(patience);
    }

    private Duration waited() {
        return Duration.between(started(), taken.now());
    }

    private Instant started() {
        return taken.drill().startedAt().orElse(taken.now());
    }

    private Observation observation() {
        return new Observation(
                taken.now(),
                taken.now(),
                rule.version(),
                List.of(new Verdict(level, new Breached(), new Breached())),
                Side.BELOW,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                Legs.NONE,
                rule.escalation().stream().map(Escalation::after).toList(),
                false);
    }

    private AlertWrite write(Optional<Alert> seen, Step step) {
        return AlertWrite.ofDrill(taken.drill(), rule.id(), seen, step, shown().encode());
    }

    /** Wherever its name stands, it says what it is. */
    JsonObject shown() {
        var shown = NoticeJson.shown(rule, Severity.CRITICAL, Optional.empty());
        var named = shown.getJsonObject("rule");
        return shown.put("rule", named.put("name", PREFIX + rule.name()));
    }

    /** Empty where the rule has no level to go by. */
    static Optional<DrillStep> of(Taken taken, Optional<Rule> rule, Duration patience) {
        return rule.flatMap(
                known -> Waking.critical(known).map(critical -> new DrillStep(taken, known, critical, patience)));
    }

    Rule rule() {
        return rule;
    }
}
