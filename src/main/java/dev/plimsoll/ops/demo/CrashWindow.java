package dev.plimsoll.ops.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plimsoll.market.Candles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One crash as it is replayed: which part of it, how fast, which server replays whose candles, and the positions the
 * demo registers. Read from {@code crashes/<id>.json}.
 *
 * @param pairs  the candles' pair of each asset
 * @param pegged assets without candles of their own, in US dollars
 * @param speed  how many times faster than life
 */
record CrashWindow(
        String id,
        String title,
        String origin,
        Duration bar,
        Instant from,
        Instant to,
        int speed,
        Map<String, String> pairs,
        Map<String, BigDecimal> pegged,
        Map<String, List<Replay>> venues,
        List<JsonNode> positions,
        Candles candles) {

    /** The crashes that come with Plimsoll, the demo's default first. */
    static final List<String> IDS = List.of("2025-02-03", "2021-05-19", "2022-11-08");

    /**
     * Whose candles a server replays, and how they differ from them.
     *
     * @param real      they are shown as they were; a derived venue is another's series, later and off by the spread
     * @param delay     how much later than the origin, in the crash's time
     * @param spreadBps how far off, in basis points; negative is below
     */
    record Replay(String venue, boolean real, Duration delay, BigDecimal spreadBps) {}

    static Optional<CrashWindow> named(String id) {
        return IDS.contains(id) ? Optional.of(read(id)) : Optional.empty();
    }

    /** The same crash where only these servers list what has candles; the others know the pegged assets alone. */
    CrashWindow with(List<String> sources) {
        var fewer = new LinkedHashMap<>(venues);
        fewer.keySet().retainAll(sources);
        return new CrashWindow(id, title, origin, bar, from, to, speed, pairs, pegged, fewer, positions, candles);
    }

    /** The same crash, so many times faster than life. */
    CrashWindow at(int otherSpeed) {
        return new CrashWindow(id, title, origin, bar, from, to, otherSpeed, pairs, pegged, venues, positions, candles);
    }

    private static CrashWindow read(String id) {
        try (var in = CrashWindow.class.getResourceAsStream("/crashes/" + id + ".json")) {
            return parse(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the crash " + id, e);
        }
    }

    private static CrashWindow parse(JsonNode json) {
        var bar = Duration.parse(json.get("bar").asText());
        return new CrashWindow(
                json.get("id").asText(),
                json.get("title").asText(),
                json.get("origin").asText(),
                bar,
                Instant.parse(json.get("from").asText()),
                Instant.parse(json.get("to").asText()),
                json.get("speed").asInt(),
                texts(json.get("pairs")),
                numbers(json.get("pegged")),
                venues(json.get("venues")),
                List.copyOf(json.get("positions").valueStream().toList()),
                Candles.read("/crashes/" + json.get("candles").asText(), bar));
    }

    private static Map<String, String> texts(JsonNode json) {
        var texts = new LinkedHashMap<String, String>();
        json.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static Map<String, BigDecimal> numbers(JsonNode json) {
        var numbers = new LinkedHashMap<String, BigDecimal>();
        texts(json).forEach((name, text) -> numbers.put(name, new BigDecimal(text)));
        return numbers;
    }

    private static Map<String, List<Replay>> venues(JsonNode json) {
        var venues = new LinkedHashMap<String, List<Replay>>();
        for (var venue : json) {
            var replays = venue.get("replays").valueStream().map(CrashWindow::replay);
            venues.put(venue.get("source").asText(), replays.toList());
        }
        return venues;
    }

    private static Replay replay(JsonNode json) {
        return new Replay(
                json.get("venue").asText(),
                json.path("real").asBoolean(false),
                Duration.parse(json.path("delay").asText("PT0S")),
                new BigDecimal(json.path("spreadBps").asText("0")));
    }
}
