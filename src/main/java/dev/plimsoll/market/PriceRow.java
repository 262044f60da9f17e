package dev.plimsoll.market;

import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A minute as a row of the table {@code price}. */
final class PriceRow {
    private PriceRow() {}

    /** One array a column. */
    static Tuple columns(List<PriceMinute> minutes) {
        return Tuple.tuple()
                .addValue(column(minutes, minute -> minute.asset().symbol(), String[]::new))
                .addValue(column(minutes, minute -> minute.at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                .addValue(price(minutes, believed -> believed.extremes().lowestLow()))
                .addValue(price(minutes, believed -> believed.extremes().lowestHigh()))
                .addValue(price(minutes, believed -> believed.extremes().highestLow()))
                .addValue(price(minutes, believed -> believed.extremes().highestHigh()))
                .addValue(price(minutes, Believed::close))
                .addValue(column(minutes, minute -> json(minute.divergenceBps()), JsonObject[]::new));
    }

    static PriceMinute read(Row row) {
        return new PriceMinute(
                new Asset(row.getString("asset")),
                row.getOffsetDateTime("at").toInstant(),
                Optional.ofNullable(row.getBigDecimal("close_usd")).map(close -> new Believed(extremes(row), close)),
                divergences(row.getJsonObject("divergence_bps")));
    }

    /** Of what is read as doubles. */
    static PriceBar bar(Row row) {
        var from = row.getOffsetDateTime("at").toEpochSecond();
        return new PriceBar(
                from,
                from + 60L * row.getInteger("span_minutes"),
                usd(row, "lowest_low_usd"),
                usd(row, "lowest_high_usd"),
                usd(row, "highest_low_usd"),
                usd(row, "highest_high_usd"),
                usd(row, "close_usd"));
    }

    private static double usd(Row row, String column) {
        return Optional.ofNullable(row.getDouble(column)).orElse(Double.NaN);
    }

    static Extremes extremes(Row row) {
        return new Extremes(
                row.getBigDecimal("lowest_low_usd"),
                row.getBigDecimal("lowest_high_usd"),
                row.getBigDecimal("highest_low_usd"),
                row.getBigDecimal("highest_high_usd"));
    }

    private static Map<String, Integer> divergences(JsonObject json) {
        return json.fieldNames().stream().collect(Collectors.toMap(source -> source, json::getInteger));
    }

    private static JsonObject json(Map<String, Integer> divergences) {
        var json = new JsonObject();
        divergences.forEach(json::put);
        return json;
    }

    private static <V> V[] column(List<PriceMinute> minutes, Function<PriceMinute, V> value, IntFunction<V[]> array) {
        return minutes.stream().map(value).toArray(array);
    }

    /** Null in the row where nothing could be believed. */
    private static BigDecimal[] price(List<PriceMinute> minutes, Function<Believed, BigDecimal> price) {
        return minutes.stream()
                .map(minute -> minute.believed().map(price).orElse(null))
                .toArray(BigDecimal[]::new);
    }
}
