package dev.plimsoll.api;

import dev.plimsoll.alert.Silence;
import dev.plimsoll.rule.RuleJson;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A silence as the API answers it. */
final class SilenceAnswer {
    private SilenceAnswer() {}

    static JsonObject of(Silence silence, Instant now) {
        return new JsonObject()
                .put("id", silence.id().toString())
                .put("watches", RuleJson.watches(silence.watches()))
                .put("from", silence.from().toString())
                .put("until", silence.until().toString())
                .put("reason", silence.reason())
                .put("evenLiquidatable", silence.evenLiquidatable())
                .put("state", state(silence, now))
                .put("createdAt", silence.createdAt().toString());
    }

    private static String state(Silence silence, Instant now) {
        if (silence.isActive(now)) {
            return "active";
        }
        return now.isBefore(silence.from()) ? "pending" : "over";
    }
}
