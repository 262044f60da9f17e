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
    void whoListensHearsOfEachMarketThatIsKept() {
        var heard = new ArrayList<MarketSnapshot>();
        latest.onNews(() -> heard.add(latest.snapshot().orElseThrow()));
        var kept = at(NOON);

        latest.offer(2, kept);
        latest.offer(1, at(NOON.plusSeconds(10)));

        assertThat(heard).containsExactly(kept);
    }

    private static MarketSnapshot at(Instant instant) {
        return new MarketSnapshot(new Tick(1, instant, Duration.ofSeconds(10)), Map.of());
    }
}
