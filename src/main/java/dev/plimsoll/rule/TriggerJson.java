package dev.plimsoll.rule;

import dev.plimsoll.risk.HealthJson;
import dev.plimsoll.risk.Shown;
import io.vertx.core.json.JsonObject;

/** What would make a level fire, as JSON. Prices are rounded towards today's: never farther away than they are. */
public final class TriggerJson {
    private TriggerJson() {}

    public static JsonObject write(Trigger trigger) {
        return switch (trigger) {
            case Trigger.OfLoan(var price) -> HealthJson.liquidationPrice(price);
            case Trigger.AtPrice(var asset, var direction, var usd, var distance) ->
                new JsonObject()
                        .put("asset", asset.symbol())
                        .put("direction", RuleJson.word(direction))
                        .put("price", Shown.price(usd, direction).toPlainString())
                        .put("distancePercent", Shown.percentDown(distance).toPlainString());
            case Trigger.AtQuote(var source, var direction, var usd) ->
                new JsonObject()
                        .put("source", source)
                        .put("direction", RuleJson.word(direction))
                        .put("price", Shown.price(usd, direction).toPlainString());
            case Trigger.AtTime(var source, var at) ->
                new JsonObject().put("source", source).put("at", at.toString());
        };
    }
}
