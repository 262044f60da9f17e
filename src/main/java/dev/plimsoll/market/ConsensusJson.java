package dev.plimsoll.market;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import dev.plimsoll.unit.PriceRange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is believed of one asset's price as JSON, the same in the database, in answers and in messages. Prices are
 * strings and exact, ages whole seconds; {@code price} is there only where the sources agree: of a range that they agree
 * on it is the middle.
 */
public final class ConsensusJson {
    private static final String DOLLAR = "USD";

    private ConsensusJson() {}

    public static JsonObject write(Consensus consensus) {
        var json = new JsonObject().put("asset", consensus.asset().symbol());
        return switch (consensus) {
            case Agreed agreed ->
                priced(
                                json.put("state", "agreed").put("price", middle(agreed.range())),
                                agreed.range(),
                                agreed.families())
                        .put("divergenceBps", whole(agreed.divergenceBps()))
                        .put("sources", voices(agreed.voices()));
            case Diverged diverged ->
                priced(json.put("state", "diverged"), diverged.range(), diverged.families())
                        .put("divergenceBps", whole(diverged.divergenceBps()))
                        .put("sources", voices(diverged.voices()));
            case NoQuorum none ->
                json.put("state", "no-quorum").put("why", none.why()).put("sources", voices(none.voices()));
        };
    }

    /** What {@link #write(Consensus)} wrote. */
    public static Consensus read(JsonObject json) {
        var asset = new Asset(json.getString("asset"));
        var voices = json.getJsonArray("sources").stream()
                .map(JsonObject.class::cast)
                .map(ConsensusJson::voice)
                .toList();
        return switch (json.getString("state")) {
            case "agreed" ->
                new Agreed(asset, range(json).orElseThrow(), json.getInteger("families"), divergence(json), voices);
            case "diverged" ->
                new Diverged(asset, range(json).orElseThrow(), json.getInteger("families"), divergence(json), voices);
            case "no-quorum" -> new NoQuorum(asset, json.getString("why"), voices);
            default -> throw new IllegalArgumentException("unknown consensus state " + json.getString("state"));
        };
    }

    private static JsonObject priced(JsonObject json, PriceRange range, int families) {
        return ends(json, range).put("families", families).put("singleSource", families == 1);
    }

    private static String middle(PriceRange range) {
        return Decimals.plain(
                range.isPoint()
                        ? range.low()
                        : Medians.mean(range.low(), range.high().orElseThrow()));
    }

    private static JsonObject ends(JsonObject json, PriceRange range) {
        json.put("low", Decimals.plain(range.low()));
        range.high().ifPresent(high -> json.put("high", Decimals.plain(high)));
        return json;
    }

    private static JsonArray voices(List<Voice> voices) {
        return new JsonArray(voices.stream().map(ConsensusJson::write).toList());
    }

    private static JsonObject write(Voice voice) {
        var json = new JsonObject().put("source", voice.source()).put("family", voice.family());
        voice.quoted().ifPresent(quoted -> quoted(json, quoted));
        voice.range().filter(PriceRange::isBounded).ifPresent(range -> json.put("price", middle(range)));
        voice.range().ifPresent(range -> ends(json, range));
        voice.age().ifPresent(age -> json.put("ageSeconds", seconds(age)));
        json.put("staleAfterSeconds", seconds(voice.staleAfter())).put("bandBps", Decimals.plain(voice.bandBps()));
        voice.divergenceBps().ifPresent(bps -> json.put("divergenceBps", whole(bps)));
        json.put("used", voice.used());
        voice.unused().ifPresent(why -> json.put("why", why));
        return json;
    }

    private static void quoted(JsonObject json, Quoted quoted) {
        json.put("quote", Decimals.plain(quoted.value()))
                .put("quotedIn", quoted.in().map(Asset::symbol).orElse(DOLLAR));
        if (quoted.confidence().signum() > 0) {
            json.put("confidence", Decimals.plain(quoted.confidence()));
        }
    }

    private static Voice voice(JsonObject json) {
        return new Voice(
                json.getString("source"),
                json.getString("family"),
                decimal(json, "quote").map(value -> quoted(json, value)),
                range(json),
                Optional.ofNullable(json.getLong("ageSeconds")).map(Duration::ofSeconds),
                decimal(json, "bandBps").orElse(BigDecimal.ZERO),
                Duration.ofSeconds(json.getLong("staleAfterSeconds", 0L)),
                Optional.ofNullable(json.getLong("divergenceBps")).map(BigDecimal::valueOf),
                Optional.ofNullable(json.getString("why")));
    }

    private static Quoted quoted(JsonObject json, BigDecimal value) {
        var in = Optional.ofNullable(json.getString("quotedIn"))
                .filter(symbol -> !symbol.equals(DOLLAR))
                .map(Asset::new);
        return new Quoted(value, in, decimal(json, "confidence").orElse(BigDecimal.ZERO));
    }

    private static Optional<PriceRange> range(JsonObject json) {
        return decimal(json, "low").map(low -> new PriceRange(low, decimal(json, "high")));
    }

    private static BigDecimal divergence(JsonObject json) {
        return BigDecimal.valueOf(json.getLong("divergenceBps"));
    }

    private static Optional<BigDecimal> decimal(JsonObject json, String name) {
        return Optional.ofNullable(json.getString(name)).map(BigDecimal::new);
    }

    /** Rounded up: nothing is shown younger than it is. */
    private static long seconds(Duration age) {
        return age.toSeconds() + (age.toNanosPart() == 0 ? 0 : 1);
    }

    /** Rounded away from zero: nothing is shown nearer than it is. */
    private static long whole(BigDecimal bps) {
        return bps.setScale(0, RoundingMode.UP).longValueExact();
    }
}
