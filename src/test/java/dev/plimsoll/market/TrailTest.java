package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrailTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final LatestMarket latest = new LatestMarket();

    @Test
    void aWindowHoldsTheExtremesOfItsTicks() {
        tick("12:00:10", "3000", "3001");
        tick("12:00:50", "2900", "2950");
        tick("12:07:00", "3100", "3110");

        assertThat(within("12:09:00", Duration.ofMinutes(9))).contains(extremes("2900", "2950", "3100", "3110"));
    }

    @Test
    void aWindowIsRoundedOutwardsToWholeMinutes() {
        tick("12:00:10", "2900", "2900");
        tick("12:05:00", "3000", "3000");

        assertThat(within("12:05:50", Duration.ofMinutes(5))).contains(extremes("2900", "2900", "3000", "3000"));
        assertThat(within("12:06:00", Duration.ofMinutes(5))).contains(extremes("3000", "3000", "3000", "3000"));
    }

    private Optional<Extremes> within(String now, Duration within) {
        return latest.trail().within(ETH, at(now), within);
    }

    private static Extremes extremes(String... prices) {
        return new Extremes(
                new BigDecimal(prices[0]),
                new BigDecimal(prices[1]),
                new BigDecimal(prices[2]),
                new BigDecimal(prices[3]));
    }

    private void tick(String time, String low, String high) {
        var range = PriceRange.between(new BigDecimal(low), new BigDecimal(high));
        tick(time, new Agreed(ETH, range, 2, BigDecimal.ZERO, List.of()));
    }

    private void tick(String time, Consensus consensus) {
        latest.offer(1, new MarketSnapshot(new Tick(1, at(time), Duration.ofSeconds(10)), Map.of(ETH, consensus)));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + "Z");
    }
}
