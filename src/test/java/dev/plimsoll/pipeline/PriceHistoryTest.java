package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.PriceStore;
import dev.plimsoll.market.Trail;
import dev.plimsoll.risk.Given;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Tick;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a replay of 2021, on a real database. */
@QuarkusTest
class PriceHistoryTest {
    private static final Asset ETH = new Asset("ETH");

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    PriceStore prices;

    private Site here;
    private Site there;

    @BeforeEach
    void nothingIsRecorded() {
        rows("delete from price");
        rows("update lease set holder = 'nobody', until = '-infinity'");
        here = new Site();
        there = new Site();
        here.hold();
    }

    @AfterEach
    void release() {
        rows("update lease set holder = 'nobody', until = '-infinity'");
    }

    @Test
    void aMinuteIsRecordedWhenItIsOver() {
        here.tick("12:00:10", "3000");
        here.tick("12:00:50", "2900");
        var meanwhile = recorded();

        here.tick("12:01:00", "2950");

        assertThat(meanwhile).isEmpty();
        assertThat(recorded()).containsExactly("12:00 2900 3000 2900");
    }

    @Test
    void aRestartKeepsTheTrail() {
        here.tick("12:00:10", "3000");
        here.tick("12:00:50", "2900");
        here.tick("12:01:00", "2950");

        there.recall("12:05:00");

        assertThat(there.trail().within(ETH, at("12:05:00"), Duration.ofHours(1)))
                .isEqualTo(here.trail().within(ETH, at("12:00:59"), Duration.ofHours(1)));
    }

    @Test
    void aTakeOverInTheMiddleOfAMinuteKeepsBothHalves() {
        here.tick("12:00:10", "3000");
        here.tick("12:01:10", "2000");
        here.tick("12:02:00", "2500");
        rows("update lease set holder = 'nobody', until = '-infinity'");
        there.hold();

        there.tick("12:01:50", "2600"); // its clock is a little behind
        there.tick("12:02:10", "2700");
        there.tick("12:03:00", "2700");

        assertThat(recorded()).containsExactly("12:00 3000 3000 3000", "12:01 2000 2600 2600", "12:02 2700 2700 2700");
    }

    @Test
    void whoLostTheWatchRecordsNothing() {
        here.tick("12:00:10", "3000");
        rows("update lease set holder = 'nobody', until = '-infinity'");
        there.hold();

        here.tick("12:01:00", "2950");

        assertThat(recorded()).isEmpty();
        assertThat(here.failures()).isEqualTo(1);
    }

    @Test
    void aLockedTableHoldsUpOneTickAMinuteAndIsCaughtUpLater() {
        here.tick("12:00:10", "3000");
        var locked = now(engine.getConnection());
        now(locked.query("begin").execute());
        now(locked.query("lock table price in share row exclusive mode").execute());

        here.tick("12:01:10", "3100");
        here.tick("12:02:10", "3200");
        here.tick("12:02:20", "3250");
        now(locked.query("rollback").execute());
        now(locked.close());
        here.tick("12:03:00", "3300");

        assertThat(here.failures()).isEqualTo(2);
        assertThat(recorded()).containsExactly("12:00 3000 3000 3000", "12:01 3100 3100 3100", "12:02 3200 3250 3250");
    }

    @Test
    void aLongBacklogIsWrittenAnHourOfMinutesATick() {
        IntStream.range(0, 100)
                .forEach(
                        minute -> here.learns("12:00:00", Duration.ofMinutes(minute), Integer.toString(3000 + minute)));

        here.tick("13:40:00", "1");
        var first = recorded().size();
        here.tick("13:40:10", "1");

        assertThat(first).isEqualTo(60);
        assertThat(recorded()).hasSize(100).last().isEqualTo("13:39 3099 3099 3099");
    }

    @Test
    void whenTheClockIsSetBackRecordingGoesOn() {
        here.tick("12:30:00", "3000");
        here.tick("12:31:00", "3000");

        here.tick("12:00:00", "2000");
        here.tick("12:01:00", "2000");

        assertThat(recorded()).containsExactly("12:00 2000 2000 2000", "12:30 3000 3000 3000");
    }

    private List<String> recorded() {
        return rows("""
                select concat_ws(' ', to_char(at at time zone 'UTC', 'HH24:MI'), lowest_low_usd, highest_high_usd, close_usd)
                from price
                order by at""");
    }

    private List<String> rows(String sql) {
        return now(engine.query(sql).execute()).stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static Instant at(String time) {
        return Instant.parse("2021-05-19T" + time + "Z");
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }

    /** A replica. */
    private final class Site {
        private final LatestMarket latest = new LatestMarket();
        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final Lease lease = new Lease(engine, Duration.ofSeconds(15));
        private final PriceHistory history = new PriceHistory(lease, prices, latest, meters);
        private Optional<Term> term = Optional.empty();

        Trail trail() {
            return latest.trail();
        }

        void hold() {
            term = now(lease.hold());
        }

        void learns(String time, Duration later, String eth) {
            latest.offer(1, Given.marketAt(at(time).plus(later), "ETH " + eth));
        }

        void tick(String time, String eth) {
            learns(time, Duration.ZERO, eth);
            now(history.record(tick(time), term.orElseThrow()));
        }

        void recall(String time) {
            now(history.recall(tick(time), Optional.empty()));
        }

        double failures() {
            return meters.find("plimsoll.aside.failures").counters().stream()
                    .mapToDouble(Counter::count)
                    .sum();
        }

        private Tick tick(String time) {
            return new Tick(1, at(time), Duration.ofSeconds(10));
        }
    }
}
