package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.market.PriceAge.Thinning;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL, at times of which no partition was made before. */
@QuarkusTest
class PriceStoreTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Instant CRASH = Instant.parse("2021-05-19T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    Pool api;

    @Inject
    PriceStore prices;

    @BeforeEach
    void nothingIsRecorded() {
        drop(Instant.parse("2100-01-01T00:00:00Z")).ifPresent(dropped -> nothingIsRecorded());
    }

    @Test
    void whatIsRecordedIsReadBack() {
        var priced = minute(CRASH, "2000.12", "2010", 5, -130);
        var unpriced = new PriceMinute(ETH, CRASH.plusSeconds(60), Optional.empty(), Map.of("kraken", 12));

        record(priced, unpriced);

        assertThat(read(CRASH, CRASH.plusSeconds(120))).containsExactly(priced, unpriced);
    }

    @Test
    void aMonthGetsItsPartitionWhenItsFirstMinuteIsRecorded() {
        var before = minute(Instant.parse("2021-05-31T23:59:00Z"), "2400", "2400", 0, 0);
        var after = minute(Instant.parse("2021-06-01T00:00:00Z"), "2500", "2500", 0, 0);

        record(before, after);

        assertThat(rows("select tableoid::regclass::text from price order by at"))
                .containsExactly("price_2021_05", "price_2021_06");
    }

    @Test
    void aMinuteWrittenAgainIsOneMinuteOfBoth() {
        var next = CRASH.plusSeconds(60);
        record(minute(CRASH, "1990", "2010", 5, -130), minute(next, "2000", "2005", 40, -20));

        record(minute(CRASH, "2000", "2005", 40, -20), minute(next, "1990", "2010", 5, -130));
        record(minute(CRASH, "2000", "2005", 40, -20), minute(next, "1990", "2010", 5, -130));

        assertThat(read(CRASH, CRASH.plusSeconds(120))).containsExactly(both(CRASH, "2005"), both(next, "2010"));
    }

    @Test
    void thinningKeepsExtremesTheLastCloseAndTheFarthestDivergence() {
        record(
                minute(CRASH, "2000", "2010", 5, -130),
                minute(CRASH.plusSeconds(60), "1700", "1900", -300, 20),
                minute(CRASH.plusSeconds(240), "1800", "1850", 1, 2),
                minute(CRASH.plusSeconds(300), "5000", "5000", 0, 0));

        assertThat(thin(1, 5, CRASH.plusSeconds(300))).isEqualTo(1);

        assertThat(rows("""
                        select concat_ws(' ', span_minutes, at at time zone 'UTC', lowest_low_usd, lowest_high_usd,
                                         highest_low_usd, highest_high_usd, close_usd, divergence_bps)
                        from price
                        order by at"""))
                .containsExactly(
                        "5 2021-05-19 12:00:00 1700 1850 2000 2010 1850 {\"kraken\": -300, \"coinbase\": -130}",
                        "1 2021-05-19 12:05:00 5000 5000 5000 5000 5000 {\"kraken\": 0, \"coinbase\": 0}");
    }

    @Test
    void whatIsThinnedTwiceIsTheSame() {
        record(minute(CRASH, "2000", "2010", 5, -130), minute(CRASH.plusSeconds(60), "1700", "1900", -300, 20));
        thin(1, 5, CRASH.plus(DAY));
        var once = rows("select price::text from price");

        record(minute(CRASH.plusSeconds(60), "1700", "1900", -300, 20)); // a take-over wrote it late
        thin(1, 5, CRASH.plus(DAY));

        assertThat(rows("select price::text from price")).isEqualTo(once);
    }

    @Test
    void aLongStopIsCaughtUpAFewHoursAtATime() {
        IntStream.range(0, 13).forEach(hour -> record(minute(CRASH.plusSeconds(3600L * hour), "1", "1", 0, 0)));

        var made = IntStream.range(0, 4)
                .mapToObj(turn -> thin(1, 5, CRASH.plus(DAY)))
                .toList();

        assertThat(made).containsExactly(6, 6, 1, 0);
    }

    @Test
    void minutesBecomeFiveMinutesAndThenHours() {
        var age = new PriceAge(Duration.ofDays(2), Duration.ofDays(30), Duration.ofDays(400));
        record(minute(CRASH, "2000", "2000", 0, 0), minute(CRASH.plusSeconds(3000), "3000", "3000", 0, 0));

        age.thinnings(CRASH.plus(Duration.ofDays(3))).forEach(this::thin);
        var fives = rows("select span_minutes::text from price");
        age.thinnings(CRASH.plus(Duration.ofDays(31))).forEach(this::thin);

        assertThat(fives).containsExactly("5", "5");
        assertThat(rows("select span_minutes || ' ' || lowest_low_usd || ' ' || highest_high_usd from price"))
                .containsExactly("60 2000 3000");
    }

    @Test
    void onlyAMonthThatIsOldAsAWholeIsDroppedAndOneAtATime() {
        record(
                minute(Instant.parse("2021-04-30T23:59:00Z"), "1", "1", 0, 0),
                minute(Instant.parse("2021-05-01T00:00:00Z"), "2", "2", 0, 0),
                minute(Instant.parse("2021-06-01T00:00:00Z"), "3", "3", 0, 0));

        assertThat(drop(Instant.parse("2021-05-31T23:59:59Z"))).contains("price_2021_04");
        assertThat(drop(Instant.parse("2021-05-31T23:59:59Z"))).isEmpty();
        assertThat(drop(Instant.parse("2021-06-01T00:00:00Z"))).contains("price_2021_05");
        assertThat(rows("select close_usd::text from price")).containsExactly("3");
    }

    @Test
    void theLastMinuteIsFound() {
        record(minute(CRASH, "1", "1", 0, 0), minute(CRASH.plusSeconds(60), "1", "1", 0, 0));

        assertThat(now(prices.last(CRASH.minus(DAY), CRASH.plus(DAY)))).contains(CRASH.plusSeconds(60));
        assertThat(now(prices.last(CRASH.minus(DAY), CRASH))).isEmpty();
    }

    @Test
    void theApiNeitherReadsNorDropsRecordedPrices() {
        record(minute(CRASH, "1", "1", 0, 0));

        for (var sql : List.of(
                "select 1 from price",
                "select 1 from price_2021_05",
                "delete from price",
                "select make_price_month(now())",
                "select drop_price_month(now())")) {
            assertThatThrownBy(() -> now(api.query(sql).execute())).as(sql).hasMessageContaining("permission denied");
        }
    }

    @Test
    void theEngineMakesAndDropsNoTableByItself() {
        record(minute(CRASH, "1", "1", 0, 0));

        for (var sql : List.of(
                "drop table price_2021_05",
                "truncate price",
                "alter table price detach partition price_2021_05",
                "create table price_2021_07 partition of price for values from ('2021-07-01Z') to ('2021-08-01Z')")) {
            assertThatThrownBy(() -> rows(sql)).as(sql).hasMessageMatching("(?s).*(must be owner|permission denied).*");
        }
    }

    @Test
    void nonsenseIsRefusedByItsName() {
        assertThatThrownBy(() -> record(minute(CRASH.plusSeconds(1), "1", "1", 0, 0)))
                .hasMessageContaining("price_at_begins_a_span");
        assertThatThrownBy(() -> record(minute(CRASH, "2", "1", 0, 0))).hasMessageContaining("price_ends_in_order");
        assertThatThrownBy(() -> record(minute(CRASH, "0", "1", 0, 0))).hasMessageContaining("price_ends_in_order");
    }

    private static PriceMinute minute(Instant at, String lowest, String highest, int krakenBps, int coinbaseBps) {
        var low = new BigDecimal(lowest);
        var high = new BigDecimal(highest);
        return new PriceMinute(
                ETH,
                at,
                Optional.of(new Believed(new Extremes(low, high, low, high), high)),
                Map.of("kraken", krakenBps, "coinbase", coinbaseBps));
    }

    private static PriceMinute both(Instant at, String close) {
        var extremes = new Extremes(
                new BigDecimal("1990"), new BigDecimal("2005"), new BigDecimal("2000"), new BigDecimal("2010"));
        return new PriceMinute(
                ETH,
                at,
                Optional.of(new Believed(extremes, new BigDecimal(close))),
                Map.of("kraken", 40, "coinbase", -130));
    }

    private void record(PriceMinute... minutes) {
        now(engine.withTransaction(tx -> prices.record(tx, List.of(minutes))));
    }

    private List<PriceMinute> read(Instant from, Instant to) {
        var read = new ArrayList<PriceMinute>();
        now(prices.read(from, to, read::addAll));
        read.sort(Comparator.comparing(PriceMinute::at));
        return read;
    }

    private int thin(int from, int to, Instant before) {
        return thin(new Thinning(from, to, before));
    }

    private int thin(Thinning thinning) {
        return now(prices.thin(thinning));
    }

    private Optional<String> drop(Instant before) {
        return now(engine.withTransaction(tx -> prices.dropMonth(tx, before)));
    }

    private List<String> rows(String sql) {
        return now(engine.query(sql).execute()).stream()
                .map(row -> String.valueOf(row.getValue(0)))
                .toList();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
