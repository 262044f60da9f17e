package dev.plimsoll.api;

import dev.plimsoll.pipeline.digest.Digest;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.pipeline.digest.Occasion.Daily;
import dev.plimsoll.pipeline.digest.Occasion.Weekly;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A digest as the API answers it, with the fields of its kind. */
final class DigestAnswer {
    private DigestAnswer() {}

    static JsonObject of(Digest digest) {
        var json = new JsonObject()
                .put("id", digest.id().toString())
                .put("kind", digest.occasion().kind())
                .put("at", digest.occasion().at().toString());
        switch (digest.occasion()) {
            case Daily ignored -> {}
            case Weekly weekly -> json.put("day", weekly.day().name().toLowerCase(Locale.ROOT));
            case Bedtime night ->
                json.put("asleep", night.asleep().toString())
                        .put("acceptableChance", night.acceptable().toPlainString());
        }
        return json.put(
                        "channels",
                        digest.channels()
                                .map(ids -> new JsonArray(
                                        ids.stream().map(UUID::toString).toList()))
                                .orElse(null))
                .put("next", digest.next().map(Instant::toString).orElse(null))
                .put("createdAt", digest.createdAt().toString());
    }
}
