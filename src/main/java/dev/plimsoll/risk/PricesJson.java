package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The {@code prices} of a {@code health} block: what it was judged by, asset by asset. */
final class PricesJson {
    private PricesJson() {}

    /** @param word which the health stands on; empty where that is the market's */
    static JsonArray write(Health health, Optional<Standing.Word> word) {
        return new JsonArray(health.terms().assets().stream()
                .sorted()
                .flatMap(asset -> price(asset, health, word).stream())
                .toList());
    }

    private static Optional<JsonObject> price(Asset asset, Health health, Optional<Standing.Word> word) {
        return health.market()
                .of(asset)
                .map(PriceJson::write)
                .map(json -> word.map(said -> sourced(json, asset, said)).orElse(json));
    }

    /** With the market's evidence beside it, or why the market's is all there is. */
    private static JsonObject sourced(JsonObject json, Asset asset, Standing.Word word) {
        if (!word.isOf(asset)) {
            return json.put("priceSource", "market")
                    .put("priceSourceWhy", word.source() + " does not quote " + asset.symbol());
        }
        json.put("priceSource", word.source());
        word.beside().of(asset).map(PriceJson::evidence).ifPresent(market -> json.put("market", market));
        return json;
    }
}
