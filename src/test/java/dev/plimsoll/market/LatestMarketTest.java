package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestMarketTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final LatestMarket latest = new LatestMarket();

    @Test
    void aClockThatWasSetBackDoesNotFreezeTheMarket() {
        latest.offer(1, at(NOON));

        latest.offer(1, at(NOON.minusSeconds(3600)));

        assertThat(latest.snapshot().orElseThrow().tick().at()).isEqualTo(NOON.minusSeconds(3600));
    }

    @Test
    void aWatchThatLostItsLeaseIsNotBelieved() {
        latest.offer(2, at(NOON));

        latest.offer(1, at(NOON.plusSeconds(10)));

        assertThat(latest.snapshot().orElseThrow().tick().at()).isEqualTo(NOON);
    }

    @Test
    void aReadingThatWasOvertakenDoesNotTakeTheMarketBack() {
        latest.offer(1, at(8, NOON));

        latest.offer(1, at(7, NOON.minusSeconds(10)));

        assertThat(latest.snapshot().orElseThrow().tick().number()).isEqualTo(8);
    }

    @Test
    void whoListensHearsOfEachMarketThatIsKept() {
        var heard = new ArrayList<MarketSnapshot>();
        latest.onNews(() -> heard.add(latest.snapshot().orElseThrow()));
        var kept = at(NOON);

        latest.offer(2, kept);
        latest.offer(1, at(NOON.plusSeconds(10)));

        assertThat(heard).containsExactly(kept);
    }

    private static MarketSnapshot at(Instant instant) {
        return at(1, instant);
    }

    private static MarketSnapshot at(long tick, Instant instant) {
        return new MarketSnapshot(new Tick(tick, instant, Duration.ofSeconds(10)), Map.of());
    }
}
