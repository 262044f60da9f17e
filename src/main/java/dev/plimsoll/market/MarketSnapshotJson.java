package dev.plimsoll.market;

import dev.plimsoll.market.MarketSnapshot.Sighting;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A whole snapshot as JSON with what it remembers, as every replica reads it from the database. */
public final class MarketSnapshotJson {
    private MarketSnapshotJson() {}

    public static JsonObject write(MarketSnapshot market) {
        return new JsonObject()
                .put("tick", write(market.tick()))
                .put("assets", assets(market.assets()))
                .put("lastSeen", lastSeen(market.lastSeen()))
                .put("past", PastJson.write(market.past()))
                .put("drift", write(market.drift()));
    }

    /** What {@link #write(MarketSnapshot)} wrote. */
    public static MarketSnapshot read(JsonObject json) {
        var assets = json.getJsonArray("assets").stream()
                .map(JsonObject.class::cast)
                .map(ConsensusJson::read)
                .collect(Collectors.toMap(Consensus::asset, Function.identity()));
        var past = PastJson.read(json.getJsonObject("past", new JsonObject()))
                .seeing(lastSeen(json.getJsonObject("lastSeen", new JsonObject())));
        return new MarketSnapshot(
                tick(json.getJsonObject("tick")), assets, past, drift(json.getJsonObject("drift", new JsonObject())));
    }

    private static JsonObject lastSeen(Map<Asset, Sighting> sightings) {
        var json = new JsonObject();
        new TreeMap<>(sightings)
                .forEach((asset, seen) -> json.put(
                        asset.symbol(),
                        new JsonObject()
                                .put("low", Decimals.plain(seen.range().low()))
                                .put("high", Decimals.plain(seen.range().high().orElseThrow()))
                                .put("at", seen.at().toString())));
        return json;
    }

    private static Map<Asset, Sighting> lastSeen(JsonObject json) {
        return json.fieldNames().stream()
                .collect(Collectors.toMap(Asset::new, symbol -> sighting(json.getJsonObject(symbol))));
    }

    private static Sighting sighting(JsonObject json) {
        var low = new BigDecimal(json.getString("low"));
        var high = new BigDecimal(json.getString("high"));
        return new Sighting(PriceRange.between(low, high), Instant.parse(json.getString("at")));
    }

    private static JsonObject write(Drift drift) {
        var perMinute = new JsonObject();
        new TreeMap<>(drift.perMinute())
                .forEach((kind, bps) -> perMinute.put(kind.name(), Decimals.plain(bps.value())));
        return new JsonObject().put("perMinuteBps", perMinute).put("cap", Decimals.plain(drift.cap()));
    }

    private static Drift drift(JsonObject json) {
        var perMinute = json.getJsonObject("perMinuteBps", new JsonObject());
        var byClass = perMinute.fieldNames().stream()
                .collect(Collectors.toMap(
                        Volatility::valueOf, kind -> new BasisPoints(new BigDecimal(perMinute.getString(kind)))));
        return byClass.isEmpty() ? Drift.NONE : new Drift(byClass, new BigDecimal(json.getString("cap")));
    }

    private static JsonObject write(Tick tick) {
        return new JsonObject()
                .put("number", tick.number())
                .put("at", tick.at().toString())
                .put("interval", tick.interval().toString());
    }

    private static Tick tick(JsonObject json) {
        return new Tick(
                json.getLong("number"),
                Instant.parse(json.getString("at")),
                Duration.parse(json.getString("interval")));
    }

    private static JsonArray assets(Map<?, Consensus> assets) {
        return new JsonArray(assets.values().stream()
                .sorted(Comparator.comparing(Consensus::asset))
                .map(ConsensusJson::write)
                .toList());
    }
}
