package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.position.Position;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is told of an alert, made only where something is told.
 *
 * @param shown    what rule and subject are called at this severity, kept with the alert
 * @param evidence what the judgement stands on: the blocks that stand beside alert and rule
 * @param text     what people are told
 */
record Tale(Function<Severity, JsonObject> shown, Supplier<JsonObject> evidence, Function<Transition, Text> text) {

    static Tale of(
            Rule rule, Optional<Position> position, Supplier<JsonObject> evidence, Function<Transition, Text> text) {
        return new Tale(severity -> NoticeJson.shown(rule, severity, position), evidence, text);
    }
}
