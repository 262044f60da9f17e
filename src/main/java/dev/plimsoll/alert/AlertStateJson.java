package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.Breach;
import dev.plimsoll.alert.AlertState.End;
import dev.plimsoll.alert.AlertState.Ladder;
import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.alert.AlertState.Told;
import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@link AlertState} as JSON, for the store. Reads what later versions add without minding it. */
public final class AlertStateJson {
    private AlertStateJson() {}

    public static JsonObject write(AlertState state) {
        var json = new JsonObject()
                .put("phase", state.phase().name())
                .put("episode", state.episode())
                .put("sequence", state.sequence())
                .put("severity", state.severity().name())
                .put("startedAt", state.startedAt().toString())
                .put("tracks", tracks(state.tracks()))
                .put("ladder", ladder(state.ladder()))
                .put("breach", breach(state.breach()));
        state.attention().acknowledgedAt().ifPresent(at -> json.put("acknowledgedAt", at.toString()));
        state.attention().snoozedUntil().ifPresent(until -> json.put("snoozedUntil", until.toString()));
        state.told().ifPresent(told -> json.put("told", told(told)));
        state.end()
                .ifPresent(end -> json.put(
                        "end",
                        new JsonObject()
                                .put("at", end.at().toString())
                                .put("because", end.because().name())));
        return json;
    }

    /** What {@link #write} writes, as text. */
    static String text(AlertState state) {
        return write(state).encode();
    }

    /** What {@link #write} wrote. */
    public static AlertState read(JsonObject json) {
        return new AlertState(
                Phase.valueOf(json.getString("phase")),
                json.getInteger("episode"),
                json.getInteger("sequence"),
                Severity.valueOf(json.getString("severity")),
                readTracks(json.getJsonObject("tracks")),
                Instant.parse(json.getString("startedAt")),
                new Attention(instant(json, "acknowledgedAt"), instant(json, "snoozedUntil")),
                readLadder(json.getJsonObject("ladder")),
                readBreach(json.getJsonObject("breach")),
                Optional.ofNullable(json.getJsonObject("told")).map(AlertStateJson::readTold),
                Optional.ofNullable(json.getJsonObject("end"))
                        .map(end -> new End(
                                Instant.parse(end.getString("at")), Because.valueOf(end.getString("because")))));
    }

    private static JsonObject tracks(Map<Severity, Track> tracks) {
        var json = new JsonObject();
        tracks.forEach((severity, track) -> json.put(
                severity.name(),
                new JsonObject()
                        .put("stage", track.stage().name())
                        .put("since", track.since().toString())));
        return json;
    }

    private static Map<Severity, Track> readTracks(JsonObject json) {
        return json.fieldNames().stream().collect(Collectors.toMap(Severity::valueOf, name -> {
            var track = json.getJsonObject(name);
            return new Track(Stage.valueOf(track.getString("stage")), Instant.parse(track.getString("since")));
        }));
    }

    private static JsonObject ladder(Ladder ladder) {
        return new JsonObject()
                .put("since", ladder.since().toString())
                .put("climbed", ladder.climbed())
                .put("highest", ladder.highest());
    }

    private static Ladder readLadder(JsonObject json) {
        return new Ladder(
                Instant.parse(json.getString("since")), json.getInteger("climbed"), json.getInteger("highest"));
    }

    private static JsonObject breach(Breach breach) {
        var json = new JsonObject()
                .put("ruleVersion", breach.ruleVersion())
                .put("collateral", amounts(breach.legs().collateral()))
                .put("debt", amounts(breach.legs().debt()))
                .put("belowOne", breach.belowOne());
        breach.first().ifPresent(first -> json.put("first", Decimals.plain(first)));
        breach.worst().ifPresent(worst -> json.put("worst", Decimals.plain(worst)));
        return json;
    }

    private static Breach readBreach(JsonObject json) {
        var legs = new Legs(readAmounts(json.getJsonObject("collateral")), readAmounts(json.getJsonObject("debt")));
        return new Breach(
                json.getLong("ruleVersion"),
                legs,
                decimal(json, "first"),
                decimal(json, "worst"),
                json.getBoolean("belowOne"));
    }

    private static JsonObject told(Told told) {
        var json = new JsonObject().put("at", told.at().toString()).put("liquidatable", told.liquidatable());
        told.room().ifPresent(room -> json.put("room", Decimals.plain(room)));
        told.value().ifPresent(value -> json.put("value", Decimals.plain(value)));
        return json;
    }

    private static Told readTold(JsonObject json) {
        return new Told(
                Instant.parse(json.getString("at")),
                decimal(json, "room"),
                json.getBoolean("liquidatable"),
                decimal(json, "value"));
    }

    private static JsonObject amounts(Map<Asset, BigDecimal> amounts) {
        var json = new JsonObject();
        amounts.forEach((asset, amount) -> json.put(asset.symbol(), Decimals.plain(amount)));
        return json;
    }

    private static Map<Asset, BigDecimal> readAmounts(JsonObject json) {
        return json.fieldNames().stream()
                .collect(Collectors.toMap(Asset::new, symbol -> new BigDecimal(json.getString(symbol))));
    }

    private static Optional<BigDecimal> decimal(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(BigDecimal::new);
    }

    private static Optional<Instant> instant(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(Instant::parse);
    }
}
