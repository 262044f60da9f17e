package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.PriceAge.Thinning;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real PostgreSQL, at times long before anything else was recorded. */
@QuarkusTest
class PriceBarStoreTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Asset BTC = new Asset("BTC");
    private static final Instant NOON = Instant.parse("2021-05-19T12:00:00Z");

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    PriceStore prices;

    @Inject
    PriceBarStore bars;

    @BeforeEach
    @AfterEach
    void nothingIsRecorded() {
        now(engine.query("delete from price").execute());
    }

    @Test
    void aMinuteIsABarWithEveryDigit() {
        record(minute(ETH, 0, "2000.123456789", "2010.5", "2005.25"));

        assertThat(read(ETH))
                .containsExactly(
                        new PriceBar(second(0), second(1), 2000.123456789, 2010.5, 2000.123456789, 2010.5, 2005.25));
    }

    @Test
    void minutesThatWereJoinedAreLongerBars() {
        record(minute(ETH, 0, "1990", "1990", "1990"), minute(ETH, 4, "2010", "2010", "2010"));
        record(minute(ETH, 5, "2020", "2020", "2020"));

        now(prices.thin(new Thinning(1, 5, minute(5))));

        assertThat(read(ETH))
                .containsExactly(
                        new PriceBar(second(0), second(5), 1990, 1990, 2010, 2010, 2010),
                        new PriceBar(second(5), second(6), 2020, 2020, 2020, 2020, 2020));
    }

    @Test
    void aMinuteWithoutABelievablePriceIsABarOfNothing() {
        record(new PriceMinute(ETH, minute(0), Optional.empty(), Map.of()));

        var bar = read(ETH).getFirst();

        assertThat(bar.isKnown()).isFalse();
        assertThat(bar.atClose()).isEqualTo(PriceRange.ANYTHING);
    }

    @Test
    void onlyWhatIsAskedForIsRead() {
        record(minute(ETH, 0, "2000", "2000", "2000"), minute(BTC, 0, "40000", "40000", "40000"));

        assertThat(now(bars.read(Set.of(BTC), minute(0), minute(1)))).containsOnlyKeys(BTC);
        assertThat(now(bars.read(Set.of(ETH), minute(1), minute(2)))).isEmpty();
    }

    @Test
    void daysAreReadInTheirOrder() {
        record(minute(ETH, 0, "1", "1", "1"), minute(ETH, 2 * 24 * 60 + 7, "3", "3", "3"));
        record(minute(ETH, 24 * 60 + 5, "2", "2", "2"));

        var read = now(bars.read(Set.of(ETH), minute(0), minute(3 * 24 * 60))).get(ETH);

        assertThat(read).extracting(PriceBar::close).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void aWideMinuteIsAsWideAtItsClose() {
        record(minute(ETH, 0, "1990", "2010", "2000"));

        assertThat(read(ETH).getFirst().atClose())
                .isEqualTo(PriceRange.between(new BigDecimal("1990"), new BigDecimal("2010")));
    }

    private List<PriceBar> read(Asset asset) {
        return now(bars.read(Set.of(asset), minute(0), minute(60))).get(asset);
    }

    private void record(PriceMinute... minutes) {
        now(engine.withTransaction(tx -> prices.record(tx, Stream.of(minutes).toList())));
    }

    private static PriceMinute minute(Asset asset, int number, String low, String high, String close) {
        var from = new BigDecimal(low);
        var to = new BigDecimal(high);
        return new PriceMinute(
                asset,
                minute(number),
                Optional.of(new Believed(new Extremes(from, to, from, to), new BigDecimal(close))),
                Map.of());
    }

    private static Instant minute(int number) {
        return NOON.plus(Duration.ofMinutes(number));
    }

    private static long second(int number) {
        return minute(number).getEpochSecond();
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
