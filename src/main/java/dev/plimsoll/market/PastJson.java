package dev.plimsoll.market;

import dev.plimsoll.market.Past.Mark;
import dev.plimsoll.market.Past.Place;
import dev.plimsoll.market.Past.Rate;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What the market remembers as JSON, for the database only. Another version may have written it: what is missing, unknown
 * or of another form is left out, and costs no more than having forgotten it.
 */
final class PastJson {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::source).thenComparing(Place::asset);

    private PastJson() {}

    /** Without the sightings, which the snapshot writes beside its prices. */
    static JsonObject write(Past past) {
        return new JsonObject()
                .put("standing", places(past.standing(), PastJson::mark))
                .put("heard", places(past.heard(), Instant::toString))
                .put("rates", assets(past.rates(), PastJson::rate))
                .put("volatility", assets(past.volatility(), Decimals::plain));
    }

    static Past read(JsonObject json) {
        var standing = new HashMap<Place, Mark>();
        var heard = new HashMap<Place, Instant>();
        var rates = new HashMap<Asset, Rate>();
        var volatility = new HashMap<Asset, BigDecimal>();
        places(
                json,
                "standing",
                (place, value) -> object(value).flatMap(PastJson::mark).ifPresent(mark -> standing.put(place, mark)));
        places(json, "heard", (place, value) -> instant(value).ifPresent(at -> heard.put(place, at)));
        assets(
                json,
                "rates",
                (asset, value) -> object(value).flatMap(PastJson::rate).ifPresent(rate -> rates.put(asset, rate)));
        assets(json, "volatility", (asset, value) -> decimal(value).ifPresent(it -> volatility.put(asset, it)));
        return new Past(Map.of(), standing, heard, rates, volatility);
    }

    private static JsonObject mark(Mark mark) {
        var json = new JsonObject().put("value", Decimals.plain(mark.value()));
        mark.relation().ifPresent(relation -> json.put("relation", Decimals.plain(relation)));
        return json.put("still", mark.still());
    }

    private static Optional<Mark> mark(JsonObject json) {
        var still = json.getValue("still") instanceof Boolean known && known;
        return positive(json.getValue("value"))
                .map(value -> new Mark(value, positive(json.getValue("relation")), still));
    }

    private static JsonObject rate(Rate rate) {
        return new JsonObject()
                .put("value", Decimals.plain(rate.value()))
                .put("at", rate.at().toString())
                .put("from", Decimals.plain(rate.from()));
    }

    private static Optional<Rate> rate(JsonObject json) {
        return positive(json.getValue("value"))
                .flatMap(value -> instant(json.getValue("at"))
                        .flatMap(at -> positive(json.getValue("from")).map(from -> new Rate(value, at, from))));
    }

    private static <T> JsonObject places(Map<Place, T> all, Function<T, Object> form) {
        var json = new JsonObject();
        all.entrySet().stream().sorted(Map.Entry.comparingByKey(ORDER)).forEach(entry -> {
            var source = entry.getKey().source();
            if (!json.containsKey(source)) {
                json.put(source, new JsonObject());
            }
            json.getJsonObject(source).put(entry.getKey().asset().symbol(), form.apply(entry.getValue()));
        });
        return json;
    }

    private static void places(JsonObject json, String name, BiConsumer<Place, Object> each) {
        object(json.getValue(name)).stream()
                .flatMap(JsonObject::stream)
                .forEach(source -> object(source.getValue()).stream()
                        .flatMap(JsonObject::stream)
                        .forEach(entry -> asset(entry.getKey())
                                .ifPresent(asset -> each.accept(new Place(source.getKey(), asset), entry.getValue()))));
    }

    private static <T> JsonObject assets(Map<Asset, T> all, Function<T, Object> form) {
        var json = new JsonObject();
        new TreeMap<>(all).forEach((asset, value) -> json.put(asset.symbol(), form.apply(value)));
        return json;
    }

    private static void assets(JsonObject json, String name, BiConsumer<Asset, Object> each) {
        object(json.getValue(name)).stream()
                .flatMap(JsonObject::stream)
                .forEach(entry -> asset(entry.getKey()).ifPresent(asset -> each.accept(asset, entry.getValue())));
    }

    private static Optional<Asset> asset(String symbol) {
        try {
            return Optional.of(new Asset(symbol));
        } catch (IllegalArgumentException noSymbolOfOurs) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> object(Object value) {
        return value instanceof JsonObject json ? Optional.of(json) : Optional.empty();
    }

    private static Optional<BigDecimal> positive(Object value) {
        return decimal(value).filter(it -> it.signum() > 0);
    }

    private static Optional<BigDecimal> decimal(Object value) {
        return value instanceof String text ? Decimals.parse(text).filter(it -> it.signum() >= 0) : Optional.empty();
    }

    private static Optional<Instant> instant(Object value) {
        if (!(value instanceof String text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
