package dev.plimsoll.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.Trail.Close;
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

    @Test
    void aTickThatBelievedNothingHasNoExtremes() {
        tick("12:00:00", new NoQuorum(ETH, "1 of 2 price families", List.of()));

        assertThat(within("12:00:30", Duration.ofHours(1))).isEmpty();
        assertThat(latest.trail().closes(ETH)).isEmpty();
    }

    @Test
    void aMinuteThatWasBlindAtTheEndKeepsWhatItSaw() {
        tick("12:00:00", "3000", "3002");
        tick("12:00:30", new NoQuorum(ETH, "1 of 2 price families", List.of()));

        assertThat(within("12:00:40", Duration.ZERO)).contains(extremes("3000", "3002", "3000", "3002"));
        assertThat(latest.trail().closes(ETH)).containsExactly(new Close(at("12:00:00"), new BigDecimal("3001")));
    }

    @Test
    void theCloseIsTheLastOfItsMinute() {
        tick("12:00:10", "3000", "3000");
        tick("12:00:50", "2900", "2900");
        tick("12:03:00", "3100", "3100");

        assertThat(latest.trail().closes(ETH))
                .containsExactly(
                        new Close(at("12:00:00"), new BigDecimal("2900")),
                        new Close(at("12:03:00"), new BigDecimal("3100")));
    }

    @Test
    void whatIsMoreThanADayAndAnHourOldIsForgotten() {
        tick("00:00:00", "1", "1");
        tick(Instant.parse("2026-03-03T00:59:00Z"), "3000", "3000");
        assertThat(latest.trail().closes(ETH)).hasSize(2);

        tick(Instant.parse("2026-03-03T01:00:00Z"), "3000", "3000");

        assertThat(latest.trail().within(ETH, Instant.parse("2026-03-03T01:00:00Z"), Duration.ofDays(9)))
                .contains(extremes("3000", "3000", "3000", "3000"));
        assertThat(latest.trail().closes(ETH)).hasSize(2);
    }

    @Test
    void whereTheClockIsSetBackAMinuteHoldsBothItsPasses() {
        tick("12:30:00", "3000", "3000");
        tick("12:31:00", "3500", "3500");

        tick("12:30:10", "2000", "2000");

        assertThat(within("12:30:20", Duration.ofHours(1))).contains(extremes("2000", "2000", "3000", "3000"));
        assertThat(latest.trail().closes(ETH)).containsExactly(new Close(at("12:30:00"), new BigDecimal("2000")));
    }

    @Test
    void aSnapshotOfALostTermLeavesNoTrace() {
        latest.offer(2, market(at("12:00:00"), agreed("3000", "3000")));

        latest.offer(1, market(at("12:00:10"), agreed("1", "1")));

        assertThat(within("12:00:20", Duration.ZERO)).contains(extremes("3000", "3000", "3000", "3000"));
    }

    @Test
    void theFarthestDivergenceOfEachFreshSourceIsKept() {
        tick("12:00:00", said(voice("a", -70, ""), voice("b", 5, ""), voice("c", 90, "stale")));
        tick("12:00:30", said(voice("a", 12, ""), voice("b", 300, "outlier")));

        assertThat(latest.trail().minutes(at("12:00:00"), at("12:01:00")))
                .singleElement()
                .extracting(PriceMinute::divergenceBps)
                .isEqualTo(Map.of("a", -70, "b", 300));
    }

    @Test
    void whatIsRestoredComesBeforeWhatIsKnown() {
        tick("12:00:40", "2950", "2950");
        var believed = new Believed(extremes("2900", "2900", "3000", "3000"), new BigDecimal("3000"));

        latest.trail().restore(List.of(new PriceMinute(ETH, at("12:00:00"), Optional.of(believed), Map.of())));

        assertThat(within("12:00:50", Duration.ZERO)).contains(extremes("2900", "2900", "3000", "3000"));
        assertThat(latest.trail().closes(ETH)).containsExactly(new Close(at("12:00:00"), new BigDecimal("2950")));
    }

    @Test
    void aPriceOfManyDigitsIsRoundedOutwards() {
        tick("12:00:00", "0.12345678901234567", "0.12345678901234567");

        assertThat(within("12:00:50", Duration.ZERO))
                .contains(extremes("0.123456789012345", "0.123456789012346", "0.123456789012345", "0.123456789012346"));
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
        tick(at(time), low, high);
    }

    private void tick(Instant at, String low, String high) {
        latest.offer(1, market(at, agreed(low, high)));
    }

    private void tick(String time, Consensus consensus) {
        latest.offer(1, market(at(time), consensus));
    }

    private static Consensus agreed(String low, String high) {
        var range = PriceRange.between(new BigDecimal(low), new BigDecimal(high));
        return new Agreed(ETH, range, 2, BigDecimal.ZERO, List.of());
    }

    private static Consensus said(Voice... voices) {
        return new NoQuorum(ETH, "nobody believes them", List.of(voices));
    }

    /** @param unused empty when it counted */
    private static Voice voice(String source, int divergenceBps, String unused) {
        return new Voice(
                source,
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BigDecimal.TEN,
                Duration.ofMinutes(1),
                Optional.of(BigDecimal.valueOf(divergenceBps)),
                Optional.of(unused).filter(why -> !why.isEmpty()));
    }

    private static MarketSnapshot market(Instant at, Consensus consensus) {
        return new MarketSnapshot(new Tick(1, at, Duration.ofSeconds(10)), Map.of(ETH, consensus));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + "Z");
    }
}
