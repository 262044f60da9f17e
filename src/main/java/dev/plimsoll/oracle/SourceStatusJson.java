package dev.plimsoll.oracle;

import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.SourceStatus.BreakerState;
import dev.plimsoll.oracle.SourceStatus.Latency;
import dev.plimsoll.oracle.SourceStatus.Silence;
import dev.plimsoll.oracle.SourceStatus.State;
import dev.plimsoll.oracle.SourceStatus.Stream;
import dev.plimsoll.oracle.SourceStatus.StreamState;
import dev.plimsoll.oracle.SourceStatus.Turn;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** A source's status as JSON, the same in the database, in answers and in events. Latencies are whole milliseconds. */
public final class SourceStatusJson {
    private static final int DECIMALS = 2;

    private SourceStatusJson() {}

    public static JsonObject write(SourceStatus status) {
        var json = new JsonObject()
                .put("source", status.name())
                .put("family", status.family())
                .put("host", status.host())
                .put("state", status.state().word())
                .put("errorRate", ratio(status.errorRate()))
                .put("silentAssets", status.silentAssets());
        status.reason().ifPresent(reason -> json.put("reason", reason.word()));
        status.lastSilence().ifPresent(last -> json.put("lastSilence", silence(last)));
        status.lastAnswerAt().ifPresent(at -> json.put("lastAnswerAt", at.toString()));
        status.latency()
                .ifPresent(latency -> json.put("latencyMillis", latency.last().toMillis())
                        .put("latencyP95Millis", latency.p95().toMillis()));
        json.put("pace", status.turn().pace().toString());
        status.turn().next().ifPresent(next -> json.put("nextAskAt", next.toString()));
        json.put("breaker", status.turn().breaker().word());
        status.turn().until().ifPresent(until -> json.put("breakerUntil", until.toString()));
        status.missing().ifPresent(what -> json.put("missing", what));
        status.stream().ifPresent(stream -> json.put("stream", stream(stream)));
        return json.put("unknown", symbols(status.unknown())).put("silences", silences(status.silences()));
    }

    /** What {@link #write} wrote, here or in another version: reasons that this one does not know are left out. */
    public static SourceStatus read(JsonObject json) {
        return new SourceStatus(
                json.getString("source"),
                json.getString("family"),
                json.getString("host"),
                one(State.values(), State::word, json.getString("state")),
                Optional.ofNullable(json.getJsonObject("lastSilence")).flatMap(SourceStatusJson::silence),
                instant(json, "lastAnswerAt"),
                Double.parseDouble(json.getString("errorRate")),
                millis(json, "latencyMillis")
                        .map(last -> new Latency(
                                last, millis(json, "latencyP95Millis").orElseThrow())),
                turn(json),
                json.getInteger("silentAssets"),
                silences(json.getJsonObject("silences")),
                Optional.ofNullable(json.getString("missing")),
                Optional.ofNullable(json.getJsonObject("stream")).map(SourceStatusJson::stream),
                json.getJsonArray("unknown", new JsonArray()).stream()
                        .map(symbol -> new Asset((String) symbol))
                        .toList());
    }

    private static JsonArray symbols(List<Asset> assets) {
        return new JsonArray(assets.stream().map(Asset::symbol).toList());
    }

    private static JsonObject stream(Stream stream) {
        var json = new JsonObject().put("state", stream.state().word()).put("openings", stream.openings());
        stream.lastHeardAt().ifPresent(at -> json.put("lastHeardAt", at.toString()));
        stream.lastEnd().ifPresent(end -> json.put("lastEnd", silence(end)));
        return json;
    }

    private static Stream stream(JsonObject json) {
        return new Stream(
                one(StreamState.values(), StreamState::word, json.getString("state")),
                instant(json, "lastHeardAt"),
                json.getLong("openings"),
                Optional.ofNullable(json.getJsonObject("lastEnd")).flatMap(SourceStatusJson::silence));
    }

    private static Turn turn(JsonObject json) {
        return new Turn(
                Duration.parse(json.getString("pace")),
                instant(json, "nextAskAt"),
                one(BreakerState.values(), BreakerState::word, json.getString("breaker")),
                instant(json, "breakerUntil"));
    }

    private static JsonObject silence(Silence silence) {
        return new JsonObject()
                .put("reason", silence.reason().word())
                .put("detail", silence.detail())
                .put("at", silence.at().toString());
    }

    private static Optional<Silence> silence(JsonObject json) {
        return reason(json.getString("reason"))
                .map(reason -> new Silence(reason, json.getString("detail"), Instant.parse(json.getString("at"))));
    }

    private static JsonObject silences(Map<Reason, Long> silences) {
        var json = new JsonObject();
        new TreeMap<>(silences).forEach((reason, count) -> json.put(reason.word(), count));
        return json;
    }

    private static Map<Reason, Long> silences(JsonObject json) {
        var silences = new EnumMap<Reason, Long>(Reason.class);
        json.fieldNames().forEach(word -> reason(word).ifPresent(known -> silences.put(known, json.getLong(word))));
        return silences;
    }

    private static Optional<Reason> reason(String word) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.word().equals(word))
                .findFirst();
    }

    private static <E> E one(E[] values, Function<E, String> word, String wanted) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a source's status knows no word " + wanted));
    }

    private static Optional<Instant> instant(JsonObject json, String name) {
        return Optional.ofNullable(json.getString(name)).map(Instant::parse);
    }

    private static Optional<Duration> millis(JsonObject json, String name) {
        return Optional.ofNullable(json.getLong(name)).map(Duration::ofMillis);
    }

    private static String ratio(double ratio) {
        return Decimals.plain(BigDecimal.valueOf(ratio).setScale(DECIMALS, RoundingMode.HALF_UP));
    }
}
