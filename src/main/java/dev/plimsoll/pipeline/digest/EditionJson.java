package dev.plimsoll.pipeline.digest;

import dev.plimsoll.alert.AlertReviewStore.Fired;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.pipeline.digest.Review.Stood;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Shown;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The {@code data} of a digest's message, for programs; every figure rounded towards danger. */
final class EditionJson {
    private static final int MOST = 20;

    /** The whole body stays below 20 kB; this leaves room for what stands around the data. */
    private static final int MOST_BYTES = 19_000;

    /** What a message can best do without, that first; the API has all of it. */
    private static final List<String> DISPENSABLE = List.of("alerts", "stale", "channels", "positions");

    private EditionJson() {}

    static JsonObject write(Review review) {
        var edition = review.edition();
        var json = head(edition)
                .put(
                        "period",
                        new JsonObject()
                                .put("from", edition.since().toString())
                                .put("to", edition.asOf().toString()));
        review.lowestNow()
                .ifPresent(stood -> json.put(
                        "lowestNow",
                        factor(new JsonObject(), stood.factor().orElseThrow())
                                .put("position", named(stood.position()))));
        review.closest().ifPresent(call -> json.put("closestCall", call(call)));
        var stood =
                review.indebted().stream().limit(MOST).map(EditionJson::stood).toList();
        var stale = review.stale().stream().limit(MOST).map(EditionJson::stale).toList();
        return review.wakefulness()
                .addTo(json)
                .put("positions", new JsonArray(stood))
                .put("alerts", alerts(review))
                .put("channels", Troubles.json(review.channels()))
                .put("stale", new JsonArray(stale));
    }

    /** What every digest says of itself. */
    static JsonObject head(Edition edition) {
        var digest = new JsonObject()
                .put("id", edition.digest().id().toString())
                .put("kind", edition.digest().occasion().kind())
                .put("date", edition.date().toString())
                .put("dueAt", edition.due().toString())
                .put("late", edition.isLate())
                .put(
                        "missed",
                        new JsonArray(edition.missed().stream()
                                .limit(MOST)
                                .map(LocalDate::toString)
                                .toList()));
        return new JsonObject()
                .put("account", edition.digest().account().toString())
                .put("digest", digest)
                .put("asOf", edition.asOf().toString());
    }

    /** With what people read, and small enough for a webhook. */
    static String fit(JsonObject data, Text text) {
        data.put("message", TextJson.write(text)).put("text", text.plain());
        for (var block : DISPENSABLE) {
            if (data.encode().getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                break;
            }
            data.remove(block);
        }
        return data.encode();
    }

    static JsonObject named(Position position) {
        var json = new JsonObject().put("id", position.id().toString());
        position.key().ifPresent(key -> json.put("key", key));
        return json.put("name", position.name());
    }

    /** Nothing where it is infinite. */
    static JsonObject factor(JsonObject json, HealthFactor factor) {
        factor.shown().ifPresent(value -> json.put("healthFactor", value.toPlainString()));
        return json;
    }

    private static JsonObject call(ClosestCall call) {
        var json = new JsonObject().put("position", named(call.position()));
        call.healthFactor().ifPresent(factor -> factor(json, factor));
        call.distancePercent()
                .ifPresent(far ->
                        json.put("distancePercent", Shown.percentDown(far).toPlainString()));
        call.seenBy().ifPresent(by -> json.put("alert", by.alert().toString()));
        return json.put("at", call.at().toString());
    }

    private static JsonObject stood(Stood stood) {
        var json = new JsonObject().put("position", named(stood.position()));
        switch (stood.now()) {
            case Judgement.Judged(var health) -> factor(json.put("judgement", "judged"), health.healthFactor());
            case Judgement.NoDebt ignored -> json.put("judgement", "no-debt");
            case Judgement.Unknown(var why, var causes) ->
                json.put("judgement", "unknown").put("why", why);
        }
        stood.course()
                .low()
                .ifPresent(low -> json.put(
                        "lowest",
                        factor(new JsonObject(), low.healthFactor())
                                .put("at", low.at().toString())));
        if (stood.course().unknown().isPositive()) {
            json.put("unknownFor", stood.course().unknown().toString());
        }
        return json;
    }

    private static JsonObject stale(Position position) {
        return new JsonObject()
                .put("position", named(position))
                .put("since", position.legsSince().toString());
    }

    private static JsonObject alerts(Review review) {
        return new JsonObject()
                .put("count", review.alerts().count())
                .put("firing", review.alerts().firing())
                .put(
                        "items",
                        new JsonArray(review.alerts().some().stream()
                                .map(EditionJson::alert)
                                .toList()));
    }

    private static JsonObject alert(Fired alert) {
        var json = new JsonObject()
                .put("id", alert.id().toString())
                .put("severity", alert.severity().name().toLowerCase(Locale.ROOT))
                .put("rule", alert.rule());
        alert.about().ifPresent(name -> json.put("about", name));
        json.put("startedAt", alert.began().toString());
        alert.ended().ifPresent(end -> json.put("resolvedAt", end.toString()));
        return json;
    }
}
