package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.PriceAge;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a replay that begins in May 2021, on a real database. */
@QuarkusTest
class PriceUpkeepTest {
    private static final Instant START = Instant.parse("2021-05-19T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    PriceStore prices;

    private final LatestMarket latest = new LatestMarket();
    private Lease lease;
    private PriceHistory history;
    private PriceUpkeep upkeep;

    @BeforeEach
    void nothingIsRecorded() {
        dropMonths();
        rows("update lease set holder = 'nobody', until = '-infinity'");
        lease = new Lease(engine, Duration.ofSeconds(15));
        history = new PriceHistory(lease, prices, latest, new SimpleMeterRegistry());
        var age = new PriceAge(DAY.multipliedBy(2), DAY.multipliedBy(30), DAY.multipliedBy(400));
        upkeep = new PriceUpkeep(history, prices, age, lease, new SimpleMeterRegistry());
    }

    @AfterEach
    void release() {
        rows("update lease set holder = 'nobody', until = '-infinity'");
    }

    @Test
    void whatIsTwoDaysOldIsThinned() {
        tick(START, "2000");
        tick(START.plusSeconds(60), "1900");
        tick(START.plus(DAY), "3000");
        tick(START.plus(DAY.multipliedBy(2)).plusSeconds(300), "3100");

        now(upkeep.look());

        assertThat(recorded()).containsExactly("5 1900 2000", "1 3000 3000");
    }

    @Test
    void itLooksAgainAfterAnHourByTheWatchsClock() {
        tick(START, "2000");
        tick(START.plus(DAY), "2000");
        now(upkeep.look());

        tick(START.plus(DAY).plusSeconds(3599), "2000");
        rows("update price set at = '2021-05-01T00:00Z' where at = '2021-05-19T12:00Z'");
        now(upkeep.look());
        var early = recorded();
        tick(START.plus(DAY).plusSeconds(3600), "2000");
        now(upkeep.look());

        assertThat(early.getFirst()).startsWith("1 ");
        assertThat(recorded().getFirst()).startsWith("5 ");
    }

    @Test
    void aFirstRunAfterALongStopDoesSoMuchAndNoMore() {
        rows("select make_price_month('2021-05-19Z')::text");
        IntStream.range(0, 100)
                .forEach(hour -> rows("insert into price (asset, at) values ('ETH', '%s')"
                        .formatted(START.plusSeconds(3600L * hour))));
        tick(START.plus(DAY.multipliedBy(20)), "2000");

        now(upkeep.look());

        assertThat(rows("select count(*)::text from price where span_minutes = 5"))
                .containsExactly("48");
    }

    @Test
    void theMonthsToComeAreThereInTimeAndTheOldestPassedIsDropped() {
        tick(START, "2000");
        tick(START.plusSeconds(60), "2000");

        tick(Instant.parse("2022-07-28T00:00:00Z"), "2000");
        now(upkeep.look());

        assertThat(rows("select relname from pg_class where relname ~ '^price_\\d' and relkind = 'r' order by 1"))
                .contains("price_2022_07", "price_2022_08")
                .doesNotContain("price_2021_05");
    }

    @Test
    void aStandbyKeepsItsHandsOff() {
        tick(START, "2000");
        tick(START.plusSeconds(60), "2000");
        tick(START.plus(DAY.multipliedBy(3)), "2000");

        now(history.recall(new Tick(1, START.plus(DAY.multipliedBy(3)), Duration.ofSeconds(10)), Optional.empty()));
        now(upkeep.look());

        assertThat(recorded()).containsExactly("1 2000 2000");
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedByName() {
        assertThatThrownBy(() -> new PriceAge(Duration.ofHours(24), DAY.multipliedBy(30), DAY.multipliedBy(400)))
                .hasMessage("plimsoll.market.keep-minutes is at least 25 hours, was PT24H");
        assertThatThrownBy(() -> new PriceAge(DAY.multipliedBy(2), DAY, DAY.multipliedBy(400)))
                .hasMessageContaining("plimsoll.market.keep-five-minutes");
        assertThatThrownBy(() -> new PriceAge(DAY.multipliedBy(2), DAY.multipliedBy(30), DAY.multipliedBy(29)))
                .hasMessageContaining("plimsoll.market.retention");
    }

    private void tick(Instant at, String eth) {
        latest.offer(1, Given.marketAt(at, "ETH " + eth));
        now(history.record(
                new Tick(1, at, Duration.ofSeconds(10)), now(lease.hold()).orElseThrow()));
    }

    private void dropMonths() {
        var dropped = rows("select drop_price_month('2100-01-01Z')").getFirst();
        if (dropped != null) {
            dropMonths();
        }
    }

    private List<String> recorded() {
        return rows("select concat_ws(' ', span_minutes, lowest_low_usd, highest_high_usd) from price order by at");
    }

    private List<String> rows(String sql) {
        var found = new ArrayList<String>();
        now(engine.query(sql).execute()).forEach(row -> found.add(row.getString(0)));
        return found;
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
