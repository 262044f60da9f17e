package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The highest health factor of a time is one that the position certainly would have had. */
class PeakTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Loan LOAN = loan("10 ETH 0.8", "12000 USDC"); // 2 at 3000

    private final LatestMarket latest = new LatestMarket();
    private Instant now = Given.NOON;

    @Test
    void itIsWhatTheBestPriceOfTheTimeWasWorth() {
        at("ETH 2700", "USDC 1");
        minutesLater(10, "ETH 3000", "USDC 1");
        var top = now;
        minutesLater(10, "ETH 2400", "USDC 1");

        assertThat(peak(LOAN, HOUR)).isEqualTo(new Peak(HealthFactor.of("2"), top));
    }

    @Test
    void whatLiesBeforeTheWindowDoesNotCount() {
        at("ETH 3000", "USDC 1");
        minutesLater(61, "ETH 2700", "USDC 1");
        minutesLater(1, "ETH 2400", "USDC 1");

        assertThat(peak(LOAN, HOUR).healthFactor()).isEqualTo(HealthFactor.of("1.8"));
        assertThat(peak(LOAN, Duration.ofHours(2)).healthFactor()).isEqualTo(HealthFactor.of("2"));
    }

    @Test
    void aHighThatLastedATickOfAMinuteCounts() {
        at("ETH 2400", "USDC 1");
        secondsLater(10, "ETH 3000", "USDC 1");
        secondsLater(10, "ETH 2400", "USDC 1");

        assertThat(peak(LOAN, HOUR).healthFactor()).isEqualTo(HealthFactor.of("2"));
    }

    @Test
    void bestPricesThatNeverStoodSideBySideMakeNoPeak() {
        var both = loan(List.of("1 ETH 0.8", "0.05 BTC 0.8"), List.of("3000 USDC"));
        at("ETH 3000", "BTC 50000", "USDC 1");
        secondsLater(10, "ETH 2500", "BTC 60000", "USDC 1");
        secondsLater(10, "ETH 2500", "BTC 50000", "USDC 1");

        assertThat(peak(both, HOUR).healthFactor().value().orElseThrow())
                .isLessThanOrEqualTo(new BigDecimal("1.4667"))
                .isGreaterThan(new BigDecimal("1.46"));
    }

    @Test
    void aSourceThatStoodAloneMakesNoPeak() {
        at("ETH 2400..9000", "USDC 1");
        minutesLater(1, "ETH 2400", "USDC 1");

        assertThat(peak(LOAN, HOUR).healthFactor()).isEqualTo(HealthFactor.of("1.6"));
    }

    @Test
    void ofALegWithoutAPriceTheWorstCountsThatAnybodyWouldBelieve() {
        at("ETH 3000", "USDC 1");
        minutesLater(1, "ETH 5000", "USDC ?"); // two dollars at most: 1.67 at least
        minutesLater(1, "ETH 2400", "USDC 1");

        assertThat(peak(LOAN, HOUR).healthFactor()).isEqualTo(HealthFactor.of("2"));
    }

    @Test
    void dustWithoutAPriceHidesNoPeak() {
        var dusty = loan(List.of("10 ETH 0.8", "0.0000001 BTC 0.7"), List.of("12000 USDC"));
        at("ETH 3000", "USDC 1", "BTC ?");
        minutesLater(1, "ETH 2400", "USDC 1", "BTC 60000");

        assertThat(peak(dusty, HOUR).healthFactor()).isEqualTo(HealthFactor.of("2"));
    }

    @Test
    void anHourOfWhichNothingIsKnownHasThePeakOfNow() {
        at("ETH 2400", "USDC 1");

        assertThat(peak(LOAN, HOUR)).isEqualTo(new Peak(HealthFactor.of("1.6"), now));
    }

    @Test
    void theVolatileDebtIsTakenAtItsCheapest() {
        var shorted = loan("30000 USDC 0.8", "5 ETH"); // 1.6 at 3000, 2 at 2400
        at("ETH 2400", "USDC 1");
        minutesLater(5, "ETH 3000", "USDC 1");

        assertThat(peak(shorted, HOUR).healthFactor()).isEqualTo(HealthFactor.of("2"));
    }

    @Test
    void perpetualContractsHaveOneToo() {
        var margin = new Margin(
                List.of(new Margin.Leg(new Asset("ETH"), Margin.Side.LONG, BigDecimal.TEN, new BigDecimal("3000"))),
                new BigDecimal("6000"),
                new BigDecimal("0.03"),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
        at("ETH 3000", "USDC 1");
        minutesLater(5, "ETH 2700", "USDC 1");

        assertThat(health(margin, latest.snapshot().orElseThrow())
                        .healthFactor()
                        .shown())
                .contains(new BigDecimal("3.7037"));
        assertThat(peak(margin, HOUR).healthFactor().shown()).contains(new BigDecimal("6.6666"));
    }

    /** Whatever the prices and their ranges were, and however many of them moved. */
    @Property(tries = 300)
    void someTickWasNoWorseThanThePeak(@ForAll long seed) {
        var random = new Random(seed);
        var terms = loan(List.of("1 ETH 0.8", "0.04 BTC 0.7"), List.of("2000 USDC", "40 LINK"));
        var past = new LatestMarket();
        var highest = HealthFactor.ZERO;
        var at = Given.NOON;

        for (var tick = 0; tick < 30; tick++) {
            at = at.plusSeconds(5 + random.nextInt(40));
            past.offer(1, wild(at, random));
            var factor = health(terms, past.snapshot().orElseThrow()).healthFactor();
            highest = factor.compareTo(highest) > 0 ? factor : highest;
        }

        var now = health(terms, past.snapshot().orElseThrow());
        assertThat(now.highestWithin(past.trail(), HOUR).healthFactor()).isBetween(now.healthFactor(), highest);
    }

    private static MarketSnapshot wild(Instant at, Random random) {
        return Given.marketAt(
                at,
                "ETH " + range(random, 3000),
                "BTC " + range(random, 60000),
                "LINK " + range(random, 15),
                "USDC " + range(random, 1));
    }

    private static String range(Random random, double around) {
        var low = around * (0.9 + random.nextDouble() / 5);
        return random.nextBoolean() ? text(low) : text(low) + ".." + text(low * (1 + random.nextDouble() / 50));
    }

    private static String text(double price) {
        return BigDecimal.valueOf(price).toPlainString();
    }

    private Peak peak(Terms terms, Duration within) {
        return health(terms, latest.snapshot().orElseThrow()).highestWithin(latest.trail(), within);
    }

    private static Health health(Terms terms, MarketSnapshot market) {
        return Given.health(terms, market);
    }

    private void at(String... prices) {
        latest.offer(1, Given.marketAt(now, prices));
    }

    private void minutesLater(int minutes, String... prices) {
        secondsLater(60 * minutes, prices);
    }

    private void secondsLater(int seconds, String... prices) {
        now = now.plusSeconds(seconds);
        at(prices);
    }
}
