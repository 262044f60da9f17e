package dev.plimsoll.market;

import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.quote;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Trail.Close;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How wildly a price moved, and what that allows. */
class VolatilityTest {
    private static final Offset<Double> CLOSELY = Offset.offset(1e-6);

    private final Returns returns = new Returns(ofHours(1));
    private final Drift drift = Tolerance.of(MarketConfigs.of(Map.of())).drift();

    @Test
    void aPriceThatMovesByTheSameEveryMinuteHasThatDeviation() {
        assertThat(returns.deviation(zigzag(600, 0.001)).orElseThrow().doubleValue())
                .isEqualTo(0.001, CLOSELY);
    }

    @Test
    void noCloseAndOneCloseSayNothing() {
        assertThat(returns.deviation(List.of())).isEmpty();
        assertThat(returns.deviation(List.of(close(0, 3000)))).isEmpty();
    }

    @Test
    void aJumpInTheFirstQuarterOfAnHourIsNoMeasure() {
        assertThat(returns.deviation(List.of(close(0, 3000), close(14, 3090)))).isEmpty();
        assertThat(returns.deviation(List.of(close(0, 3000), close(15, 3090)))).isPresent();
    }

    @Test
    void aPriceThatStandsHasNone() {
        assertThat(returns.deviation(List.of(close(0, 1), close(15, 1))))
                .hasValueSatisfying(it -> assertThat(it).isZero());
    }

    @Test
    void aWildMinuteCountsHalfAfterAnHour() {
        var closes = new ArrayList<>(List.of(close(0, 3000), close(1, 3030)));
        IntStream.rangeClosed(2, 61).forEach(minute -> closes.add(close(minute, 3030)));

        var deviation = returns.deviation(closes).orElseThrow().doubleValue();

        var weights = IntStream.rangeClosed(1, 61)
                .mapToDouble(minute -> Math.pow(0.5, (61 - minute) / 60.0))
                .sum();
        assertThat(deviation).isEqualTo(Math.log(1.01) * Math.sqrt(0.5 / weights), CLOSELY);
    }

    @Test
    void overMinutesThatNobodySawAReturnCountsForAllOfThem() {
        assertThat(returns.deviation(List.of(close(0, 3000), close(100, 3000 * Math.exp(0.01))))
                        .orElseThrow()
                        .doubleValue())
                .isEqualTo(0.001, CLOSELY);
    }

    @Test
    void withoutAMeasureADriftIsThatOfTheClass() {
        assertThat(drift.of(Volatility.MAJOR, Optional.empty(), ofMinutes(4))).isEqualByComparingTo("0.004");
    }

    @Test
    void aWildHourAllowsMoreThanTheClass() {
        assertThat(drift.of(Volatility.MAJOR, Optional.of(new BigDecimal("0.005")), ofMinutes(4)))
                .isEqualByComparingTo("0.01");
    }

    @Test
    void aCalmHourAllowsNoLessThanTheClass() {
        assertThat(drift.of(Volatility.MAJOR, Optional.of(new BigDecimal("0.0001")), ofMinutes(4)))
                .isEqualByComparingTo("0.004");
    }

    @Test
    void theWildestHourAllowsTenTimesTheClass() {
        assertThat(drift.of(Volatility.MAJOR, Optional.of(BigDecimal.ONE), ofMinutes(4)))
                .isEqualByComparingTo("0.04");
        assertThat(drift.of(Volatility.MAJOR, Optional.of(BigDecimal.ONE), Duration.ZERO))
                .isZero();
    }

    /** 45 s older and 2 % off: too much in a usual hour (3 × 0.5 %), not in one of 2 % a minute (10 × 0.1 % × ¾, × 3). */
    @Test
    void anOlderQuoteIsNoOutlierInAWildHour() {
        var usual = new Street();
        var wild = new Street();
        wild.remembers(Past.NOTHING.with(Map.of(ETH, new BigDecimal("0.02"))));

        assertThat(lagging(usual).voices().getFirst().unused()).contains("outlier");
        assertThat(lagging(wild).voices().getFirst().unused()).isEmpty();
    }

    @Test
    void aYoungerQuoteIsAllowedAsMuchAsAnOlderOne() {
        var wild = new Street();
        wild.remembers(Past.NOTHING.with(Map.of(ETH, new BigDecimal("0.02"))));
        var then = NOON.minus(ofSeconds(45));

        var eth = wild.judge(
                        NOON,
                        quote("a", ETH, "2945", NOON),
                        quote("b", ETH, "3000", then),
                        quote("c", ETH, "3001", then),
                        quote("d", ETH, "3002", then))
                .of(ETH)
                .orElseThrow();

        assertThat(eth.voices().getFirst().unused()).isEmpty();
    }

    @Test
    void itIsMeasuredOnceAMinuteFromWhatWasBelieved() {
        var latest = new LatestMarket();
        var hindsight = new Hindsight(latest, MarketConfigs.of(Map.of()));
        offer(latest, NOON, "3000");
        offer(latest, NOON.plusSeconds(15 * 60), "3030");

        assertThat(hindsight.before(tick(NOON.plusSeconds(15 * 60 + 59))).volatility(ETH))
                .isEmpty();
        assertThat(hindsight
                        .before(tick(NOON.plusSeconds(16 * 60)))
                        .volatility(ETH)
                        .orElseThrow()
                        .doubleValue())
                .isEqualTo(Math.log(1.01) / Math.sqrt(15), CLOSELY);
    }

    private static Consensus lagging(Street street) {
        return street.judge(
                        NOON,
                        quote("a", ETH, "3060", NOON.minus(ofSeconds(45))),
                        quote("b", ETH, "3000"),
                        quote("c", ETH, "3001"),
                        quote("d", ETH, "3002"))
                .of(ETH)
                .orElseThrow();
    }

    private static void offer(LatestMarket latest, Instant at, String eth) {
        latest.offer(1, new Street().judge(at, quote("a", ETH, eth, at), quote("b", ETH, eth, at)));
    }

    private static Tick tick(Instant at) {
        return new Tick(1, at, ofSeconds(10));
    }

    private static List<Close> zigzag(int minutes, double step) {
        return IntStream.range(0, minutes)
                .mapToObj(minute -> close(minute, minute % 2 == 0 ? 3000 : 3000 * Math.exp(step)))
                .toList();
    }

    private static Close close(int minute, double mid) {
        return new Close(NOON.plus(ofMinutes(minute)), BigDecimal.valueOf(mid));
    }
}
