package dev.plimsoll.pipeline.digest;

import dev.plimsoll.pipeline.digest.Night.Prospect;
import dev.plimsoll.risk.Advice.Option;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Relief;
import dev.plimsoll.risk.Shown;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;

/** The {@code data} of a bedtime check, for programs; every figure rounded towards danger. */
final class NightJson {
    private static final int MOST = 20;

    private NightJson() {}

    static JsonObject write(Night night) {
        var json = EditionJson.head(night.edition())
                .put("asleep", night.bedtime().asleep().toString())
                .put("acceptableChance", night.bedtime().acceptable().toPlainString());
        if (night.left().isPositive()) {
            json.put("until", night.edition().asOf().plus(night.left()).toString());
        }
        var prospects = night.prospects().stream()
                .limit(MOST)
                .map(prospect -> prospect(prospect, night))
                .toList();
        return night.wakefulness()
                .addTo(json)
                .put("positions", new JsonArray(prospects))
                .put("channels", Troubles.json(night.channels()));
    }

    private static JsonObject prospect(Prospect prospect, Night night) {
        var json = new JsonObject().put("position", EditionJson.named(prospect.position()));
        return switch (prospect) {
            case Prospect.Told told -> told(judged(json, told.healthFactor()), told, night);
            case Prospect.Unmeasured(var position, var factor, var unmeasured) ->
                judged(json, factor).put("unmeasured", list(unmeasured.stream().map(Asset::symbol)));
            case Prospect.Unjudged(var position, var why) ->
                json.put("judgement", "unknown").put("why", why);
        };
    }

    private static JsonObject judged(JsonObject json, HealthFactor factor) {
        return EditionJson.factor(json.put("judgement", "judged"), factor);
    }

    /** Nothing of a night that is over. */
    private static JsonObject told(JsonObject json, Prospect.Told told, Night night) {
        if (!night.left().isPositive()) {
            return json;
        }
        var touch = new JsonObject()
                .put("within", night.left().toString())
                .put("value", told.chance().toPlainString());
        return json.put(
                        "distancePercent",
                        Shown.percentDown(told.distancePercent()).toPlainString())
                .put("touchProbability", touch)
                .put("options", list(told.reliefs().stream().map(NightJson::relief)));
    }

    private static JsonArray list(Stream<?> items) {
        return new JsonArray(items.toList());
    }

    private static JsonObject relief(Relief relief) {
        var payment = relief.payment();
        var json = new JsonObject()
                .put("do", word(payment))
                .put("asset", payment.asset().symbol())
                .put("amount", payment.amount().toPlainString())
                .put("touchProbabilityAfter", relief.chance().toPlainString());
        payment.healthFactorAfter().shown().ifPresent(value -> json.put("healthFactorAfter", value.toPlainString()));
        return json;
    }

    private static String word(Option option) {
        return switch (option) {
            case Option.Repay ignored -> "repay";
            case Option.Add ignored -> "add";
            case Option.AddMargin ignored -> "add-margin";
            case Option.Reduce ignored -> "reduce";
        };
    }
}
