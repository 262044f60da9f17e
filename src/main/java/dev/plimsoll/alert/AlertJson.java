package dev.plimsoll.alert;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.risk.Shown;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An alert as its owner sees it, from its row. */
final class AlertJson {
    static final String COLUMNS = """
            select id, account_id, subject, episode, state, severity, sequence, started_at, resolved_at, resolved_because,
                   acknowledged_at, snoozed_until, hush, worst, life, shown
            from alert
            """;

    private static final String DRILL = "drill";
    private static final int LEAST_DECIMALS = 4;
    private static final Set<String> MORE_IS_WORSE = Set.of(
            "health-drop", "price-change", "price-divergence", "price-stale", "depeg", "oracle-gap", "feed-skew");
    private static final JsonObject NOTHING = new JsonObject();

    private AlertJson() {}

    static JsonObject alert(Row row) {
        return alert(row, List.of());
    }

    /** @param silences of its account that are in force: what they cover is silenced, though nothing was kept back yet */
    static JsonObject alert(Row row, List<Silence> silences) {
        var shown = row.getJsonObject("shown");
        var json = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("rule", shown.getJsonObject("rule"))
                .put("position", shown.getJsonObject("position"))
                .put("subject", subject(row))
                .put("episode", row.getInteger("episode"))
                .put("state", row.getString("state"))
                .put("severity", row.getString("severity"))
                .put("sequence", row.getInteger("sequence"))
                .put("startedAt", time(row, "started_at"))
                .put("acknowledgedAt", time(row, "acknowledged_at"))
                .put("snoozedUntil", time(row, "snoozed_until"))
                .put("silenced", isSilenced(row, silences))
                .put("resolvedAt", time(row, "resolved_at"))
                .put("resolvedBecause", row.getString("resolved_because"))
                .put("worst", worst(row, shown));
        return figures(row, shown).map(json::mergeIn).orElse(json);
    }

    /** Empty where nothing is known of the alert's life. */
    private static Optional<JsonObject> figures(Row row, JsonObject shown) {
        var attention = new Attention(instant(row, "acknowledged_at"), instant(row, "snoozed_until"));
        return Optional.of(row.getJsonObject("life"))
                .filter(life -> !life.isEmpty())
                .map(life -> AlertFiguresJson.write(AlertStateJson.read(life).with(attention), shown));
    }

    private static boolean isSilenced(Row row, List<Silence> silences) {
        var labels =
                row.getJsonObject("shown").getJsonObject("position", NOTHING).getJsonObject("labels", NOTHING);
        var subject = Subject.parse(row.getString("subject"));
        var isOver = row.getString("state").equals("resolved");
        return Hush.parse(Optional.ofNullable(row.getString("hush"))) == Hush.SILENCED
                || !isOver && silences.stream().anyMatch(silence -> silence.covers(subject, LabelsJson.read(labels)));
    }

    /** One entry of the timeline. @param isDrill it is that of a drill, which no type takes for an alert */
    static JsonObject transition(Row row, boolean isDrill) {
        var type = row.getString("type");
        return new JsonObject()
                .put("sequence", row.getInteger("sequence"))
                .put("type", isDrill ? Drilled.playing(type) : type)
                .put("reason", row.getString("reason"))
                .put("severity", row.getString("severity"))
                .put("at", time(row, "at"))
                .put("detail", row.getJsonObject("detail"));
    }

    /** Null in the database is null in JSON. */
    private static String worst(Row row, JsonObject shown) {
        return Optional.ofNullable(row.getBigDecimal("worst"))
                .map(worst -> worst(worst, shown))
                .orElse(null);
    }

    /** @param alert as {@link #alert} wrote it */
    static boolean isDrill(JsonObject alert) {
        return alert.getJsonObject("subject").getString("kind").equals(DRILL);
    }

    private static JsonObject subject(Row row) {
        return switch (Subject.parse(row.getString("subject"))) {
            case Subject.OfPosition(var id) -> subject("position", id);
            case Subject.OfAsset(var asset) -> subject("asset", asset);
            case Subject.OfAccount(var cause) ->
                subject("account", row.getUUID("account_id")).put("cause", cause.text());
            case Subject.OfDrill(var id) -> subject(DRILL, id);
        };
    }

    private static JsonObject subject(String kind, Object id) {
        return new JsonObject().put("kind", kind).put("id", id.toString());
    }

    /** Null in the database is null in JSON. */
    private static String time(Row row, String column) {
        return instant(row, column).map(Instant::toString).orElse(null);
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    /** Rounded towards danger to four decimals, or five digits of a small price: up only where more is worse. */
    static String worst(BigDecimal worst, JsonObject shown) {
        var decimals = Math.max(LEAST_DECIMALS, Shown.decimals(worst));
        return Decimals.plain(worst.setScale(decimals, isMoreWorse(shown) ? RoundingMode.CEILING : RoundingMode.FLOOR));
    }

    static boolean isMoreWorse(JsonObject shown) {
        var rule = shown.getJsonObject("rule", NOTHING);
        return rule.getJsonObject("level", NOTHING).containsKey("above")
                || MORE_IS_WORSE.contains(
                        rule.getJsonObject("condition", NOTHING).getString("type", ""));
    }
}
