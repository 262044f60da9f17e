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
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** Of what was read as columns of doubles. */
    static Stream<PriceBar> bars(Row row) {
        var begins = row.getArrayOfLongs("begins");
        var minutes = row.getArrayOfIntegers("minutes");
        var lowestLow = row.getArrayOfDoubles("lowest_low");
        var lowestHigh = row.getArrayOfDoubles("lowest_high");
        var highestLow = row.getArrayOfDoubles("highest_low");
        var highestHigh = row.getArrayOfDoubles("highest_high");
        var close = row.getArrayOfDoubles("close");
        return IntStream.range(0, begins.length)
                .mapToObj(i -> new PriceBar(
                        begins[i],
                        begins[i] + 60L * minutes[i],
                        usd(lowestLow[i]),
                        usd(lowestHigh[i]),
                        usd(highestLow[i]),
                        usd(highestHigh[i]),
                        usd(close[i])));
    }

    private static double usd(Double price) {
        return Optional.ofNullable(price).orElse(Double.NaN);
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
