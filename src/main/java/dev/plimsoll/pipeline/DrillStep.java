package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertState;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.DrillFeedStore.Taken;
import dev.plimsoll.alert.DrillText;
import dev.plimsoll.alert.Legs;
import dev.plimsoll.alert.Life;
import dev.plimsoll.alert.Observation;
import dev.plimsoll.alert.Step;
import dev.plimsoll.alert.Text;
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

    /** The first message. */
    DrillMove begin() {
        var step = Life.next(AlertState.quiet(0), observation());
        return move(Optional.empty(), step, DrillText.calling(rule.name()));
    }

    /** @param alert as it is in the database */
    DrillMove goOn(Alert alert) {
        var end = new DrillEnd(taken, alert, Optional.of(rule));
        return end.due().orElseGet(() -> taken.now().isBefore(patientUntil()) ? call(alert) : end.unheard(waited()));
    }

    private DrillMove call(Alert alert) {
        var step = Life.next(alert.state(), observation());
        return move(Optional.of(alert), step, DrillText.calling(rule.name(), waited()));
    }

    private DrillMove move(Optional<Alert> seen, Step step, Text text) {
        var write = AlertWrite.ofDrill(taken.drill(), rule.id(), seen, step, shown().encode());
        return new DrillMove(write, told -> text, Optional.empty(), Optional.of(rule));
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

    /** Wherever its name stands, it says what it is. */
    private JsonObject shown() {
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
