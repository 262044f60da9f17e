package dev.plimsoll.api;

import dev.plimsoll.delivery.NoticeJson;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Evaluation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.rule.Threshold;
import dev.plimsoll.rule.Trigger;
import dev.plimsoll.rule.TriggerJson;
import dev.plimsoll.rule.Triggers;
import dev.plimsoll.rule.Verdict;
import dev.plimsoll.rule.Verdicts;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rule would say in one market, subject by subject and level by level, and what would make each level fire. */
final class RulePreview {
    private static final int MOST_POSITIONS = 50;

    private final Rule rule;
    private final AssetReadings readings;
    private final AssetRegistry assets;

    RulePreview(Rule rule, AssetReadings readings, AssetRegistry assets) {
        this.rule = rule;
        this.readings = readings;
        this.assets = assets;
    }

    /** @param positions of the account, the oldest first */
    JsonObject of(List<Position> positions) {
        var watched = positions.stream().filter(rule.watches()::covers).toList();
        var json = new JsonObject()
                .put("asOf", readings.market().tick().at().toString())
                .put("watches", RuleJson.watches(rule.watches()))
                .put("condition", RuleJson.condition(rule.condition()));
        return switch (rule.condition()) {
            case Condition.OnAsset condition -> json.put("items", new JsonArray().add(asset(condition)));
            case Condition.OnPosition ignored -> positions(json, watched);
            case Condition.Blind ignored ->
                json.put("items", new JsonArray().add(blind(watched)))
                        .put("note", "No price makes it fire: only that a position cannot be judged for so long.");
        };
    }

    private JsonObject positions(JsonObject json, List<Position> watched) {
        var items = watched.stream().limit(MOST_POSITIONS).map(this::position).toList();
        note(watched.size()).ifPresent(note -> json.put("note", note));
        return json.put("items", new JsonArray(items));
    }

    private static Optional<String> note(int watched) {
        if (watched == 0) {
            return Optional.of("It watches no position now; it will watch those that come.");
        }
        return watched <= MOST_POSITIONS
                ? Optional.empty()
                : Optional.of("It watches %d positions; shown are the oldest %d.".formatted(watched, MOST_POSITIONS));
    }

    private JsonObject position(Position position) {
        var standing = position.standing(readings.market(), assets).after(readings.trail());
        var levels = Verdicts.ofPosition(rule, standing, position.terms(), assets).stream()
                .map(verdict -> level(position, standing, verdict))
                .toList();
        return new JsonObject()
                .put("subject", subject("position", position.id().toString()).put("name", position.name()))
                .mergeIn(NoticeJson.evidence(rule.condition(), standing))
                .put("levels", new JsonArray(levels));
    }

    private JsonObject level(Position position, Standing standing, Verdict verdict) {
        var threshold = Threshold.of(rule.condition(), verdict.level(), position.terms(), assets);
        var triggers = Triggers.ofPosition(rule.condition(), threshold.limit(), standing);
        return level(verdict, Optional.of(threshold), triggers);
    }

    private JsonObject asset(Condition.OnAsset condition) {
        var levels = Verdicts.ofAsset(rule, condition, readings.of(condition)).stream()
                .map(verdict -> level(
                        verdict,
                        threshold(condition, verdict.level()),
                        Triggers.ofAsset(condition, verdict.level(), readings)))
                .toList();
        return new JsonObject()
                .put("subject", subject("asset", condition.asset().symbol()))
                .mergeIn(NoticeJson.evidence(rule, condition, readings))
                .put("levels", new JsonArray(levels));
    }

    /** Empty where each feed has its own. */
    private static Optional<Threshold> threshold(Condition.OnAsset condition, Level level) {
        return level.limit() instanceof Level.Limit.Auto
                ? Optional.empty()
                : Optional.of(Threshold.of(condition, level));
    }

    private JsonObject blind(List<Position> watched) {
        var dark = watched.stream()
                .filter(position ->
                        position.standing(readings.market(), assets).protocol() instanceof Judgement.Unknown)
                .map(Position::name)
                .collect(Collectors.joining(", "));
        var levels = rule.levels().stream()
                .map(level -> new JsonObject()
                        .put("severity", RuleJson.word(level.severity()))
                        .put("evaluation", dark.isEmpty() ? "clear" : "breached")
                        .put("firesAt", new JsonArray()))
                .toList();
        var item = new JsonObject()
                .put("subject", subject("account", rule.account().toString()));
        if (!dark.isEmpty()) {
            item.put("why", "cannot be judged now: " + dark);
        }
        return item.put("levels", new JsonArray(levels));
    }

    private static JsonObject level(Verdict verdict, Optional<Threshold> threshold, List<Trigger> triggers) {
        var json =
                new JsonObject().put("severity", RuleJson.word(verdict.level().severity()));
        threshold.ifPresent(it -> json.put("side", RuleJson.word(it.side()))
                .put("limit", Decimals.plain(it.limit()))
                .put("clear", Decimals.plain(it.clear())));
        evaluation(json, verdict.toFire());
        return json.put(
                "firesAt",
                new JsonArray(triggers.stream().map(TriggerJson::write).toList()));
    }

    private static void evaluation(JsonObject json, Evaluation evaluation) {
        switch (evaluation) {
            case Evaluation.Breached() -> json.put("evaluation", "breached");
            case Evaluation.Clear() -> json.put("evaluation", "clear");
            case Evaluation.Unknown(var why) ->
                json.put("evaluation", "unknown").put("why", why);
        }
    }

    private static JsonObject subject(String kind, String id) {
        return new JsonObject().put("kind", kind).put("id", id);
    }
}
