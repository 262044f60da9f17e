package dev.plimsoll.delivery;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.alert.AlertFiguresJson;
import dev.plimsoll.alert.AlertWrite;
import dev.plimsoll.alert.Subject;
import dev.plimsoll.alert.Text;
import dev.plimsoll.alert.TextJson;
import dev.plimsoll.alert.Transition;
import dev.plimsoll.market.ConsensusJson;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.LevelJson;
import dev.plimsoll.rule.QuietHoursJson;
import dev.plimsoll.rule.ReadingJson;
import dev.plimsoll.rule.Readings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Skew;
import dev.plimsoll.rule.SkewJson;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The {@code data} object of the standard webhook body. */
public final class NoticeJson {
    /** The whole body stays below 20 kB; this leaves room for what stands around the data. */
    static final int MOST_BYTES = 19_000;

    private static final int MOST_BYTES_A_CHARACTER = 3;

    private static final List<Consumer<JsonObject>> SHORTER = List.of(
            data -> prices(data).forEach(price -> ((JsonObject) price).remove("market")),
            data -> prices(data).forEach(price -> ((JsonObject) price).remove("sources")),
            data -> health(data).remove("prices"),
            data -> health(data).remove("withdrawable"),
            data -> health(data).remove("relativePrices"),
            data -> data.getJsonObject("position", new JsonObject()).remove("labels"),
            data -> data.remove("health"),
            data -> price(data, "reference").remove("sources"),
            data -> price(data, "price").remove("sources"));

    private NoticeJson() {}

    /**
     * @param shown     what {@link #shown} wrote for the alert
     * @param evidence  what the judgement stands on: the blocks that stand beside alert and rule
     * @param publicUrl where people reach this service; without it there are no links
     */
    public static String data(
            AlertWrite alert,
            Transition transition,
            JsonObject shown,
            JsonObject evidence,
            Text text,
            Optional<String> publicUrl) {
        var data = new JsonObject()
                .put("account", alert.account().toString())
                .put("alert", alert(alert, transition, shown))
                .put("rule", shown.getJsonObject("rule"));
        Optional.ofNullable(shown.getJsonObject("position")).ifPresent(position -> data.put("position", position));
        data.mergeIn(evidence);
        publicUrl.ifPresent(url -> data.put("links", links(url, alert.id())));
        data.put("message", TextJson.write(text)).put("text", text.plain());
        return fit(data);
    }

    /**
     * What a rule on an asset stands on: what it reads, what every source says of the asset, and of the one it is held
     * against.
     */
    public static JsonObject evidence(Rule rule, Condition.OnAsset condition, AssetReadings readings) {
        var gauge = readings.of(condition).of(rule.levels().getFirst().limit());
        var evidence = new JsonObject().put("reading", ReadingJson.write(condition, gauge));
        consensus(condition.asset(), readings).ifPresent(price -> evidence.put("price", price));
        if (condition instanceof Condition.Depeg(var asset, var of)) {
            of.flatMap(other -> consensus(other, readings)).ifPresent(price -> evidence.put("reference", price));
        }
        return evidence;
    }

    /** What a rule on a position reads beside its health. */
    public static JsonObject evidence(Condition condition, Standing standing) {
        var evidence =
                new JsonObject().put("reading", ReadingJson.write(condition, Readings.ofPosition(condition, standing)));
        if (condition instanceof Condition.FeedSkew && standing.protocol() instanceof Judgement.Judged(var health)) {
            Skew.of(health).ifPresent(skew -> evidence.put("skew", SkewJson.write(skew)));
        }
        if (condition instanceof Condition.HealthDrop(var within)
                && Readings.judgement(condition, standing) instanceof Judgement.Judged(var health)) {
            standing.before()
                    .map(trail -> health.highestWithin(trail, within))
                    .ifPresent(peak -> evidence.put("peak", ReadingJson.write(peak)));
        }
        return evidence;
    }

    private static Optional<JsonObject> consensus(Asset asset, AssetReadings readings) {
        return readings.market().of(asset).map(ConsensusJson::write);
    }

    /** What rule and position are called: kept with the alert, for the time when they are gone. */
    public static JsonObject shown(Rule rule, Severity severity, Optional<Position> position) {
        var shown = new JsonObject().put("rule", rule(rule, severity));
        position.ifPresent(it -> shown.put("position", position(it)));
        channels(rule, severity)
                .ifPresent(ids -> shown.put(
                        "channels",
                        new JsonArray(ids.stream().map(UUID::toString).toList())));
        return shown.put("notifyResolved", rule.notifyResolved());
    }

    /** The channels a level is for; empty means every active one. */
    public static Optional<List<UUID>> channels(Rule rule, Severity severity) {
        return level(rule, severity).flatMap(Level::channels).or(rule::channels);
    }

    private static JsonObject alert(AlertWrite alert, Transition transition, JsonObject shown) {
        var state = alert.state();
        var json = new JsonObject()
                .put("id", alert.id().toString())
                .put("subject", subject(alert))
                .put("episode", state.episode())
                .put("sequence", transition.sequence())
                .put("state", word(state.phase()))
                .put("severity", word(transition.severity()))
                .put("startedAt", state.startedAt().toString());
        state.end()
                .ifPresent(end -> json.put("resolvedAt", end.at().toString())
                        .put("resolvedBecause", end.because().word()));
        return json.mergeIn(AlertFiguresJson.write(state, shown)).put("reason", transition.reason());
    }

    private static JsonObject subject(AlertWrite alert) {
        return switch (alert.key().subject()) {
            case Subject.OfPosition(var id) -> subject("position", id.toString());
            case Subject.OfAsset(var asset) -> subject("asset", asset.symbol());
            case Subject.OfAccount(var cause) ->
                subject("account", alert.account().toString()).put("cause", cause.text());
            case Subject.OfDrill(var id) -> subject("drill", id.toString());
        };
    }

    private static JsonObject subject(String kind, String id) {
        return new JsonObject().put("kind", kind).put("id", id);
    }

    private static JsonObject rule(Rule rule, Severity severity) {
        var json = new JsonObject().put("id", rule.id().toString());
        rule.key().ifPresent(key -> json.put("key", key));
        json.put("name", rule.name()).put("condition", RuleJson.condition(rule.condition()));
        level(rule, severity).ifPresent(level -> json.put("level", LevelJson.write(rule.condition(), level)));
        rule.quietHours().ifPresent(hours -> json.put("quietHours", QuietHoursJson.write(hours)));
        return json;
    }

    private static Optional<Level> level(Rule rule, Severity severity) {
        return rule.levels().stream()
                .filter(level -> level.severity() == severity)
                .findFirst();
    }

    private static JsonObject position(Position position) {
        var json = new JsonObject().put("id", position.id().toString());
        position.key().ifPresent(key -> json.put("key", key));
        return json.put("name", position.name())
                .put("kind", position.terms().kind())
                .put("labels", LabelsJson.write(position.labels()));
    }

    private static JsonObject links(String publicUrl, UUID alert) {
        var url = publicUrl.replaceFirst("/+$", "") + "/api/v1/alerts/" + alert;
        return new JsonObject().put("alert", url).put("acknowledge", url + "/acknowledge");
    }

    /** Leaves out what a message can best do without until it is small enough. */
    private static String fit(JsonObject data) {
        var text = data.encode();
        for (var shorter : SHORTER) {
            if (text.length() <= MOST_BYTES / MOST_BYTES_A_CHARACTER
                    || text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                return text;
            }
            shorter.accept(data);
            text = data.encode();
        }
        return text;
    }

    private static JsonArray prices(JsonObject data) {
        return health(data).getJsonArray("prices", new JsonArray());
    }

    private static JsonObject price(JsonObject data, String block) {
        return data.getJsonObject(block, new JsonObject());
    }

    private static JsonObject health(JsonObject data) {
        return data.getJsonObject("health", new JsonObject());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
