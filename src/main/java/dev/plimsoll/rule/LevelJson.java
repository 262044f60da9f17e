package dev.plimsoll.rule;

import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One level of a rule as JSON; which field holds the limit says its kind. */
public final class LevelJson {
    private static final String AUTO = "auto";

    private LevelJson() {}

    /** @param condition decides in which field an automatic limit stands */
    public static JsonObject write(Condition condition, Level level) {
        var json = new JsonObject().put("severity", RuleJson.word(level.severity()));
        limit(json, condition, level.limit());
        level.clear().ifPresent(clear -> json.put(clearField(condition, level.limit()), Decimals.plain(clear)));
        json.put("hold", level.hold().toString())
                .put("clearHold", level.clearHold().toString())
                .put("repeatEvery", level.repeatEvery().toString());
        level.channels().ifPresent(channels -> json.put("channels", ids(channels)));
        return json;
    }

    /** What {@link #write} wrote for the same condition. */
    public static Level read(Condition condition, JsonObject json) {
        var limit = readLimit(condition, json);
        return new Level(
                Severity.valueOf(json.getString("severity").toUpperCase(Locale.ROOT)),
                limit,
                Optional.ofNullable(json.getString(clearField(condition, limit)))
                        .map(BigDecimal::new),
                Duration.parse(json.getString("hold")),
                Duration.parse(json.getString("clearHold")),
                Duration.parse(json.getString("repeatEvery")),
                Optional.ofNullable(json.getJsonArray("channels")).map(LevelJson::readIds));
    }

    /** Where a level's own clearing limit stands. */
    public static String clearField(Condition condition, Limit limit) {
        return switch (limit) {
            case Limit.Below ignored -> "clearAbove";
            case Limit.Percent ignored -> "clearAbove";
            case Limit.Above ignored -> "clearBelow";
            case Limit.Moved ignored -> "clearBelow";
            case Limit.Bps ignored -> "clearBelow";
            case Limit.After ignored -> clearField(condition);
            case Limit.Within ignored -> "clearAbove";
            case Limit.Auto ignored -> clearField(condition);
        };
    }

    private static String clearField(Condition condition) {
        return condition instanceof Condition.OnAsset ? "clearBelow" : "clearAbove";
    }

    /** Where a level's limit stands. */
    static String field(Condition condition, Limit limit) {
        return switch (limit) {
            case Limit.Below ignored -> "below";
            case Limit.Above ignored -> "above";
            case Limit.Percent ignored -> "percent";
            case Limit.Moved ignored -> "percent";
            case Limit.Bps ignored -> "bps";
            case Limit.After ignored -> "after";
            case Limit.Within ignored -> "within";
            case Limit.Auto ignored -> automatic(condition);
        };
    }

    private static String automatic(Condition condition) {
        return switch (condition) {
            case Condition.PriceDivergence ignored -> "bps";
            case Condition.PriceStale ignored -> "after";
            case Condition.OracleGap ignored -> "bps";
            case Condition.FeedSkew ignored -> "after";
            case Condition.Blind ignored -> "after";
            case Condition.OnPosition ignored -> "percent";
            case Condition.OnAsset ignored -> "percent";
        };
    }

    private static void limit(JsonObject json, Condition condition, Limit limit) {
        var field = field(condition, limit);
        switch (limit) {
            case Limit.Below(var value) -> json.put(field, Decimals.plain(value));
            case Limit.Above(var value) -> json.put(field, Decimals.plain(value));
            case Limit.Percent(var value) -> json.put(field, Decimals.plain(value));
            case Limit.Moved(var percent) -> json.put(field, Decimals.plain(percent));
            case Limit.Bps(var value) -> json.put(field, Decimals.plain(value));
            case Limit.After(var value) -> json.put(field, value.toString());
            case Limit.Within(var value) -> json.put(field, value.toString());
            case Limit.Auto() -> json.put(field, AUTO);
        }
    }

    private static Limit readLimit(Condition condition, JsonObject json) {
        if (AUTO.equals(json.getString(automatic(condition)))) {
            return new Limit.Auto();
        }
        if (json.containsKey("after")) {
            return new Limit.After(Duration.parse(json.getString("after")));
        }
        if (json.containsKey("within")) {
            return new Limit.Within(Duration.parse(json.getString("within")));
        }
        var field = Stream.of("below", "above", "percent", "bps")
                .filter(json::containsKey)
                .findFirst()
                .orElseThrow();
        var value = new BigDecimal(json.getString(field));
        return switch (field) {
            case "below" -> new Limit.Below(value);
            case "above" -> new Limit.Above(value);
            case "bps" -> new Limit.Bps(value);
            default -> isMove(condition) ? new Limit.Moved(value) : new Limit.Percent(value);
        };
    }

    private static boolean isMove(Condition condition) {
        return condition instanceof Condition.PriceChange || condition instanceof Condition.HealthDrop;
    }

    private static JsonArray ids(List<UUID> ids) {
        return new JsonArray(ids.stream().map(UUID::toString).toList());
    }

    private static List<UUID> readIds(JsonArray ids) {
        return ids.stream().map(id -> UUID.fromString(id.toString())).toList();
    }
}
