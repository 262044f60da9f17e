package dev.plimsoll.api;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.delivery.Waking;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.rule.TellingJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** A rule as the API answers it. */
final class RuleAnswer {
    private RuleAnswer() {}

    /** @param around what says whether it wakes its owner */
    static JsonObject of(Rule rule, Waking.Around around) {
        return of(rule).put("wakesYou", WakingJson.write(Waking.of(rule, around)));
    }

    /** As it was written. */
    static JsonObject of(Rule rule) {
        return new JsonObject()
                .put("id", rule.id().toString())
                .put("key", rule.key().orElse(null))
                .put("name", rule.name())
                .put("labels", LabelsJson.write(rule.labels()))
                .put("watches", RuleJson.watches(rule.watches()))
                .put("condition", RuleJson.condition(rule.condition()))
                .put("levels", RuleJson.levels(rule.condition(), rule.levels()))
                .put(
                        "channels",
                        rule.channels()
                                .map(ids -> new JsonArray(
                                        ids.stream().map(UUID::toString).toList()))
                                .orElse(null))
                .put("escalation", TellingJson.escalation(rule.escalation()))
                .put(
                        "quietHours",
                        rule.quietHours().map(TellingJson::quietHours).orElse(null))
                .put("notifyResolved", rule.notifyResolved())
                .put("createdAt", rule.createdAt().toString());
    }
}
