package dev.plimsoll.market;

import dev.plimsoll.unit.Tick;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A whole snapshot as JSON, as every replica reads it from the database. */
public final class MarketSnapshotJson {
    private MarketSnapshotJson() {}

    public static JsonObject write(MarketSnapshot market) {
        return new JsonObject().put("tick", write(market.tick())).put("assets", assets(market.assets()));
    }

    /** What {@link #write(MarketSnapshot)} wrote. */
    public static MarketSnapshot read(JsonObject json) {
        var assets = json.getJsonArray("assets").stream()
                .map(JsonObject.class::cast)
                .map(ConsensusJson::read)
                .collect(Collectors.toMap(Consensus::asset, Function.identity()));
        return new MarketSnapshot(tick(json.getJsonObject("tick")), assets);
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
