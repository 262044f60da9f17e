package dev.plimsoll.market;

import dev.plimsoll.market.MarketDay.Divergence;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The last day of one asset as JSON, as the API shows it beside the present price. */
public final class MarketDayJson {
    private MarketDayJson() {}

    /** How the price went; {@code low}, {@code high}, {@code open} and {@code last} only where it could be believed. */
    public static JsonObject prices(MarketDay day) {
        var json = span(day);
        day.prices()
                .ifPresent(prices -> json.put("low", Decimals.plain(prices.low()))
                        .put("high", Decimals.plain(prices.high()))
                        .put("open", Decimals.plain(prices.open()))
                        .put("last", Decimals.plain(prices.last())));
        return json;
    }

    /** How far the sources were apart. */
    public static JsonObject divergence(MarketDay day) {
        return span(day)
                .put("step", MarketDay.STEP.toString())
                .put("maxBps", day.farthestBps())
                .put(
                        "sources",
                        new JsonArray(day.sources().stream()
                                .map(MarketDayJson::source)
                                .toList()))
                .put(
                        "points",
                        new JsonArray(
                                day.points().stream().map(MarketDayJson::point).toList()));
    }

    private static JsonObject span(MarketDay day) {
        return new JsonObject()
                .put("from", day.from().toString())
                .put("to", day.to().toString());
    }

    private static JsonObject source(Divergence farthest) {
        return new JsonObject()
                .put("source", farthest.source())
                .put("maxBps", farthest.bps())
                .put("at", farthest.at().toString());
    }

    private static JsonObject point(Divergence farthest) {
        return new JsonObject()
                .put("at", farthest.at().toString())
                .put("bps", farthest.bps())
                .put("source", farthest.source());
    }
}
