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

/** One level of a rule as JSON; which field holds the limit says its kind. */
public final class LevelJson {
    private static final String AUTO = "auto";

    private LevelJson() {}

    /** @param condition decides in which field an automatic limit stands */
    public static JsonObject write(Condition condition, Level level) {
        var json = new JsonObject().put("severity", RuleJson.word(level.severity()));
        limit(json, condition, level.limit());
        level.clear().ifPresent(clear -> json.put(clearField(level.limit()), Decimals.plain(clear)));
        json.put("hold", level.hold().toString())
                .put("clearHold", level.clearHold().toString())
                .put("repeatEvery", level.repeatEvery().toString());
        level.channels().ifPresent(channels -> json.put("channels", ids(channels)));
        return json;
    }

    /** What {@link #write} wrote. */
    public static Level read(JsonObject json) {
        var limit = readLimit(json);
        return new Level(
                Severity.valueOf(json.getString("severity").toUpperCase(Locale.ROOT)),
                limit,
                Optional.ofNullable(json.getString(clearField(limit))).map(BigDecimal::new),
                Duration.parse(json.getString("hold")),
                Duration.parse(json.getString("clearHold")),
                Duration.parse(json.getString("repeatEvery")),
                Optional.ofNullable(json.getJsonArray("channels")).map(LevelJson::readIds));
    }

    /** Where a level's own clearing limit stands. */
    public static String clearField(Limit limit) {
        return limit instanceof Limit.Above ? "clearBelow" : "clearAbove";
    }

    private static void limit(JsonObject json, Condition condition, Limit limit) {
        switch (limit) {
            case Limit.Below(var value) -> json.put("below", Decimals.plain(value));
            case Limit.Above(var value) -> json.put("above", Decimals.plain(value));
            case Limit.Percent(var value) -> json.put("percent", Decimals.plain(value));
            case Limit.After(var value) -> json.put("after", value.toString());
            case Limit.Auto() -> json.put(condition instanceof Condition.Blind ? "after" : "percent", AUTO);
        }
    }

    private static Limit readLimit(JsonObject json) {
        if (json.containsKey("below")) {
            return new Limit.Below(new BigDecimal(json.getString("below")));
        }
        if (json.containsKey("above")) {
            return new Limit.Above(new BigDecimal(json.getString("above")));
        }
        if (AUTO.equals(json.getString("percent")) || AUTO.equals(json.getString("after"))) {
            return new Limit.Auto();
        }
        return json.containsKey("percent")
                ? new Limit.Percent(new BigDecimal(json.getString("percent")))
                : new Limit.After(Duration.parse(json.getString("after")));
    }

    private static JsonArray ids(List<UUID> ids) {
        return new JsonArray(ids.stream().map(UUID::toString).toList());
    }

    private static List<UUID> readIds(JsonArray ids) {
        return ids.stream().map(id -> UUID.fromString(id.toString())).toList();
    }
}
