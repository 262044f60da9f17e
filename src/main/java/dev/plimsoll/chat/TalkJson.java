package dev.plimsoll.chat;

import dev.plimsoll.chat.Talk.Asked;
import dev.plimsoll.chat.Talk.Held;
import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.chat.Talk.Repaying;
import dev.plimsoll.chat.Talk.Watching;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.LiquidationThreshold.Notation;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Conversations as they are stored. */
final class TalkJson {
    private static final String WATCH = "watch";
    private static final String REPAY = "repay";

    private TalkJson() {}

    static JsonObject write(Talk talk) {
        var json = new JsonObject().put("account", talk.account().toString());
        return switch (talk) {
            case Watching watching ->
                json.put("about", WATCH)
                        .put("asked", watching.asked().name())
                        .put("collateral", list(watching.collateral(), TalkJson::held))
                        .put("debt", list(watching.debt(), TalkJson::holding));
            case Repaying repaying -> {
                repaying.asset().ifPresent(asset -> json.put("asset", asset.symbol()));
                yield json.put("about", REPAY)
                        .put("position", repaying.position().toString());
            }
        };
    }

    /** Empty for what only another release talks about. */
    static Optional<Talk> read(UUID id, JsonObject json) {
        var account = UUID.fromString(json.getString("account"));
        return switch (json.getString("about")) {
            case WATCH ->
                Optional.of(new Watching(
                        id,
                        account,
                        Asked.valueOf(json.getString("asked")),
                        list(json.getJsonArray("collateral"), TalkJson::held),
                        list(json.getJsonArray("debt"), TalkJson::holding)));
            case REPAY ->
                Optional.of(new Repaying(
                        id,
                        account,
                        UUID.fromString(json.getString("position")),
                        Optional.ofNullable(json.getString("asset")).map(Asset::new)));
            default -> Optional.empty();
        };
    }

    private static JsonObject holding(Holding holding) {
        return new JsonObject()
                .put("asset", holding.asset().symbol())
                .put("amount", holding.amount().toPlainString());
    }

    private static Holding holding(JsonObject json) {
        return new Holding(new Asset(json.getString("asset")), new BigDecimal(json.getString("amount")));
    }

    private static JsonObject held(Held held) {
        var json = holding(held.holding());
        held.threshold()
                .ifPresent(
                        threshold -> json.put("notation", threshold.notation().name())
                                .put("threshold", threshold.given().toPlainString()));
        return json;
    }

    private static Held held(JsonObject json) {
        return new Held(
                holding(json),
                Optional.ofNullable(json.getString("notation"))
                        .map(notation -> new LiquidationThreshold(
                                Notation.valueOf(notation), new BigDecimal(json.getString("threshold")))));
    }

    private static <T> JsonArray list(List<T> items, Function<T, JsonObject> write) {
        return new JsonArray(items.stream().map(write).toList());
    }

    private static <T> List<T> list(JsonArray items, Function<JsonObject, T> read) {
        return items.stream().map(JsonObject.class::cast).map(read).toList();
    }
}
