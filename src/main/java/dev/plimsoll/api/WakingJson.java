package dev.plimsoll.api;

import dev.plimsoll.delivery.Waking;
import io.vertx.core.json.JsonObject;

/** The {@code wakesYou} block of rules, previews and coverages. */
final class WakingJson {
    private WakingJson() {}

    static JsonObject write(Waking waking) {
        return new JsonObject().put("answer", waking.answer()).put("why", waking.why());
    }
}
