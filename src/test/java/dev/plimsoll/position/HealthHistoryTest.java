package dev.plimsoll.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.position.HealthHistory.Point;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthHistoryTest {
    private static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Loan LOAN = Given.loan("10 ETH 0.8", "20000 USDC");

    @Test
    void eachStepHasItsLowestItsHighestAndItsLastHealthFactor() {
        var points = history(LOAN, "PT2M", "PT4M", "0 ETH 2990..3010 3000", "1 ETH 2500..3000 2750", "2 ETH 3100 3100");

        assertThat(points.get(0).seen()).hasValueSatisfying(seen -> {
            assertThat(seen.low()).isEqualTo(HealthFactor.of("1"));
            assertThat(seen.high()).isEqualTo(HealthFactor.of("1.204"));
            assertThat(seen.close()).isEqualTo(HealthFactor.of("1.1"));
        });
        assertThat(points.get(1).seen())
                .hasValueSatisfying(seen -> assertThat(seen.close()).isEqualTo(HealthFactor.of("1.24")));
    }

    @Test
    void aGapStaysAGap() {
        var points = history(LOAN, "PT2M", "PT6M", "0 ETH 3000 3000", "4 ETH 3000 3000", "5 ETH 3000 3000");

        assertThat(points).extracting(Point::unknown).containsExactly(minutes(1), minutes(2), minutes(0));
        assertThat(points.get(1).seen()).isEmpty();
    }

    @Test
    void lowsOfTwoPricesThatDidNotMeetMakeNoLow() {
        var loan = Given.loan("10 ETH 0.8", "0.2 BTC");

        var points = history(
                loan, "PT2M", "PT2M", "0 ETH 2000 2000", "0 BTC 40000 40000", "1 ETH 3000 3000", "1 BTC 60000 60000");

        assertThat(points.get(0).seen().orElseThrow().low()).isEqualTo(HealthFactor.of("2"));
    }

    @Test
    void whatIsKeptTogetherForAnHourStandsForEachOfItsSteps() {
        var points = history(LOAN, "PT20M", "PT1H", "0+60 ETH 2500..3000 2750");

        assertThat(points)
                .hasSize(3)
                .allSatisfy(
                        point -> assertThat(point.seen().orElseThrow().low()).isEqualTo(HealthFactor.of("1")));
    }

    @Test
    void debtCountsWithTheInterestOfToday() {
        var loan = Given.loan("10 ETH 0.8", "20000 USDC 0.5");
        var position = position(loan, TEN.minus(Duration.ofDays(365)));
        var frame = HistoryFrame.of(TEN, TEN.plusSeconds(60), minutes(1));

        var points = new HealthHistory(position, TEN, Given.ASSETS).points(frame, spans("0 ETH 3000 3000"));

        assertThat(points.get(0).seen().orElseThrow().close().shown()).contains(new BigDecimal("0.7278"));
    }

    @Test
    void whoOwesNothingHasNoHealthFactorAndNoGap() {
        var points = history(Given.loan(List.of("10 ETH 0.8"), List.of()), "PT1M", "PT1M", "0 ETH 3000 3000");

        assertThat(points.get(0).unknown()).isEqualTo(Duration.ZERO);
        assertThat(points.get(0).seen().orElseThrow().low()).isEqualTo(HealthFactor.INFINITE);
    }

    @Test
    void stepsBeginWhereTheClockShowsThem() {
        var frame = HistoryFrame.of(TEN.plusSeconds(180), TEN.plusSeconds(720), minutes(5));

        assertThat(frame.from()).isEqualTo(TEN);
        assertThat(frame.points()).isEqualTo(3);
    }

    @Test
    void aLongHistoryIsJudgedInCoarserBins() {
        assertThat(HistoryFrame.of(TEN, TEN.plus(Duration.ofDays(1)), minutes(5))
                        .bin())
                .isEqualTo(minutes(1));
        assertThat(HistoryFrame.of(TEN, TEN.plus(Duration.ofDays(60)), minutes(60))
                        .bin())
                .isEqualTo(minutes(30));
        assertThat(HistoryFrame.of(TEN, TEN.plus(Duration.ofMinutes(14_000)), minutes(7))
                        .bin())
                .isEqualTo(minutes(7));
    }

    @Test
    void moreThanTwoThousandPointsAreNoHistory() {
        assertThatThrownBy(() -> HistoryFrame.of(TEN, TEN.plus(Duration.ofDays(2)), minutes(1)))
                .hasMessageContaining("2000");
    }

    private static List<Point> history(Loan loan, String step, String length, String... prices) {
        var frame = HistoryFrame.of(TEN, TEN.plus(Duration.parse(length)), Duration.parse(step));
        return new HealthHistory(position(loan, TEN), TEN, Given.ASSETS).points(frame, spans(prices));
    }

    /** {@code "1 ETH 2990..3010 3000"}: one minute after ten, lowest to highest, close. */
    private static List<PriceSpan> spans(String... prices) {
        var all = new java.util.ArrayList<>(
                Arrays.stream(prices).map(HealthHistoryTest::span).toList());
        all.add(new PriceSpan(new Asset("USDC"), TEN, Duration.ofDays(1), believed("1", "1")));
        return all;
    }

    private static PriceSpan span(String price) {
        var words = price.split(" ");
        var time = words[0].split("\\+");
        return new PriceSpan(
                new Asset(words[1]),
                TEN.plus(minutes(Integer.parseInt(time[0]))),
                minutes(time.length > 1 ? Integer.parseInt(time[1]) : 1),
                believed(words[2], words[3]));
    }

    private static Believed believed(String range, String close) {
        var ends = range.split("\\.\\.");
        var low = new BigDecimal(ends[0]);
        var high = new BigDecimal(ends[ends.length - 1]);
        return new Believed(new Extremes(low, low, high, high), new BigDecimal(close));
    }

    private static Position position(Loan loan, Instant since) {
        return new PositionDraft(Optional.empty(), "loan", Map.of(), loan, Optional.empty(), since).unstored();
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
