package dev.plimsoll.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.PriceMinute.Believed;
import dev.plimsoll.market.PriceSpan;
import dev.plimsoll.position.HealthHistory.Seen;
import dev.plimsoll.position.Lowest.Course;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The closest call of a day. */
class LowestTest {
    private static final Instant FROM = Instant.parse("2026-11-20T08:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int STEPS = 288;

    @Test
    void theLowestIsFoundWithItsTimeAndHowFarLiquidationWasThen() {
        var spans = flat();
        spans.set(100, span("ETH", 100, 2600, 3000));

        var low = course(spans).low().orElseThrow();

        assertThat(low.at()).isEqualTo(FROM.plus(STEP.multipliedBy(100)));
        assertThat(low.healthFactor().shown()).contains(new BigDecimal("1.0400"));
        assertThat(low.distancePercent()).isBetween(new BigDecimal("3.84"), new BigDecimal("3.85"));
    }

    @Test
    void whatCouldNotBeJudgedIsCounted() {
        var spans = flat();
        spans.subList(10, 13).clear();

        assertThat(course(spans).unknown()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void aStepThatIsNotOverIsNoGap() {
        var now = FROM.plus(STEP.multipliedBy(STEPS)).plusSeconds(50);

        var course = lowest().of(FROM, now, STEP, withDollars(flat()));

        assertThat(course.unknown()).isZero();
    }

    @Property(tries = 50)
    void lookingAtHoursFirstMissesNothing(@ForAll long seed) {
        var dice = new Random(seed);
        var spans = new ArrayList<PriceSpan>();
        for (var i = 0; i < STEPS; i++) {
            var low = 2600 + dice.nextInt(800);
            spans.add(span("ETH", i, low, low + dice.nextInt(100)));
            spans.add(span("BTC", i, 50_000, 51_000 + dice.nextInt(20_000)));
        }
        var position = position(Given.loan("10 ETH 0.8", "0.3 BTC"));
        var frame = new HistoryFrame(FROM, FROM.plus(STEP.multipliedBy(STEPS)), STEP, STEP);
        var everywhere = new HealthHistory(position, FROM, Given.ASSETS)
                .points(frame, spans).stream()
                        .flatMap(point -> point.seen().stream())
                        .map(Seen::low)
                        .min(Comparable::compareTo);

        var found = new Lowest(position, FROM, Given.ASSETS).of(FROM, FROM.plus(STEP.multipliedBy(STEPS)), STEP, spans);

        assertThat(found.low().map(Lowest.Low::healthFactor)).isEqualTo(everywhere);
    }

    private static Course course(List<PriceSpan> spans) {
        return lowest().of(FROM, FROM.plus(STEP.multipliedBy(STEPS)), STEP, withDollars(spans));
    }

    private static Lowest lowest() {
        return new Lowest(position(Given.loan("10 ETH 0.8", "20000 USDC")), FROM, Given.ASSETS);
    }

    private static List<PriceSpan> flat() {
        var spans = new ArrayList<PriceSpan>();
        for (var i = 0; i < STEPS; i++) {
            spans.add(span("ETH", i, 2990, 3010));
        }
        return spans;
    }

    private static List<PriceSpan> withDollars(List<PriceSpan> spans) {
        var all = new ArrayList<>(spans);
        for (var i = 0; i <= STEPS; i++) {
            all.add(span("USDC", i, 1, 1));
        }
        return all;
    }

    private static PriceSpan span(String asset, int step, int low, int high) {
        var least = BigDecimal.valueOf(low);
        var most = BigDecimal.valueOf(high);
        return new PriceSpan(
                new Asset(asset),
                FROM.plus(STEP.multipliedBy(step)),
                STEP,
                new Believed(new Extremes(least, least, most, most), least));
    }

    private static Position position(Loan loan) {
        return new Position(
                UUID.fromString("019a6f3e-8c30-7c0f-a2be-91d2f0b66e04"),
                UUID.fromString("019a6f3e-8c00-7b1e-9c53-5b1f0a6a7d01"),
                Optional.empty(),
                "ETH loan",
                Map.of(),
                loan,
                Optional.empty(),
                FROM,
                FROM,
                1);
    }
}
