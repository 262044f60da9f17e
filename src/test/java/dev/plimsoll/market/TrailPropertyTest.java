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
import java.util.function.BinaryOperator;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the prices and whenever the ticks, clocks set back included. */
class TrailPropertyTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Instant START = Instant.parse("2021-05-19T12:00:00Z");
    private static final BigDecimal A_LITTLE = new BigDecimal("1e-14");

    record Seen(int second, BigDecimal low, BigDecimal high) {
        Instant at() {
            return START.plusSeconds(second);
        }

        MarketSnapshot market() {
            var agreed = new Agreed(ETH, PriceRange.between(low, high), 2, BigDecimal.ZERO, List.of());
            return new MarketSnapshot(new Tick(1, at(), Duration.ofSeconds(10)), Map.of(ETH, agreed));
        }
    }

    @Provide
    Arbitrary<Seen> ticks() {
        var prices = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.000001"), new BigDecimal("200000"))
                .ofScale(30);
        return Combinators.combine(Arbitraries.integers().between(0, 7200), prices, prices)
                .as((second, one, other) -> new Seen(second, one.min(other), one.max(other)));
    }

    @Property(tries = 500)
    void aWindowIsNeverNarrowerThanTheExtremesOfItsTicks(
            @ForAll @Size(min = 1, max = 40) List<@From("ticks") Seen> ticks,
            @ForAll @IntRange(max = 7200) int seconds) {
        var now = START.plusSeconds(7200);
        var within = ticks.stream()
                .filter(tick -> tick.at().isAfter(now.minusSeconds(seconds)))
                .toList();

        var found = trail(ticks).within(ETH, now, Duration.ofSeconds(seconds));

        within.forEach(tick -> assertThat(found).hasValueSatisfying(extremes -> {
            assertThat(extremes.lowestLow()).isLessThanOrEqualTo(tick.low());
            assertThat(extremes.highestHigh()).isGreaterThanOrEqualTo(tick.high());
        }));
    }

    @Property(tries = 500)
    void overWholeMinutesEachEndIsRoundedOutwardsAndNearlyExact(
            @ForAll @Size(min = 1, max = 40) List<@From("ticks") Seen> ticks) {
        var found = trail(ticks)
                .within(ETH, START.plusSeconds(7200), Duration.ofSeconds(7200))
                .orElseThrow();

        isJustBelow(found.lowestLow(), exact(ticks, Seen::low, BigDecimal::min));
        isJustAbove(found.lowestHigh(), exact(ticks, Seen::high, BigDecimal::min));
        isJustBelow(found.highestLow(), exact(ticks, Seen::low, BigDecimal::max));
        isJustAbove(found.highestHigh(), exact(ticks, Seen::high, BigDecimal::max));
    }

    /** Half of it recorded and read back by another, who saw the other half. */
    @Property(tries = 200)
    void whatWasRecordedAndReadBackIsTheSame(@ForAll @Size(min = 2, max = 40) List<@From("ticks") Seen> ticks) {
        var first = trail(ticks.subList(0, ticks.size() / 2));
        var other = trail(ticks.subList(ticks.size() / 2, ticks.size()));

        other.restore(first.minutes(START, START.plusSeconds(9999)));

        var end = START.plusSeconds(7200);
        assertThat(other.within(ETH, end, Duration.ofHours(3)))
                .isEqualTo(trail(ticks).within(ETH, end, Duration.ofHours(3)));
    }

    private static Trail trail(List<Seen> ticks) {
        var latest = new LatestMarket();
        ticks.forEach(tick -> latest.offer(1, tick.market()));
        return latest.trail();
    }

    private static BigDecimal exact(
            List<Seen> ticks, Function<Seen, BigDecimal> end, BinaryOperator<BigDecimal> extreme) {
        return ticks.stream().map(end).reduce(extreme).orElseThrow();
    }

    private static void isJustBelow(BigDecimal found, BigDecimal exact) {
        assertThat(found).isBetween(exact.subtract(exact.multiply(A_LITTLE)), exact);
    }

    private static void isJustAbove(BigDecimal found, BigDecimal exact) {
        assertThat(found).isBetween(exact, exact.add(exact.multiply(A_LITTLE)));
    }
}
