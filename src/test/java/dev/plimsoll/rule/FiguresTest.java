package dev.plimsoll.rule;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.LiquidationPrice;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** What rules on the figures of a loan read, where they fire, and which price would make them. */
class FiguresTest {
    private static final Condition LOAN_TO_VALUE = new Condition.LoanToValue();
    private static final Condition COLLATERAL_RATIO = new Condition.CollateralRatio();
    private static final Condition INTEREST = new Condition.TimeToLiquidation();
    private static final Condition DROP = new Condition.HealthDrop(Duration.ofHours(1));
    private static final Loan LOAN = loan("10 ETH 0.825", "20000 USDC");

    @Test
    void aLoanToValueIsDebtOverCollateralWhateverTheThreshold() {
        assertThat(read(LOAN_TO_VALUE, LOAN, "ETH 2500", "USDC 1")).isEqualTo(exactly("0.8"));
        assertThat(read(COLLATERAL_RATIO, LOAN, "ETH 2500", "USDC 1")).isEqualTo(exactly("1.25"));
    }

    @Test
    void itIsReadAtBothEndsOfWhatSourcesSay() {
        var reading = read(LOAN_TO_VALUE, LOAN, "ETH 2500..4000", "USDC 1");

        assertThat(reading).isEqualTo(range("0.5", "0.8"));
        assertThat(above(LOAN_TO_VALUE, "0.75").toFire(reading)).isInstanceOf(Evaluation.Unknown.class);
        assertThat(above(LOAN_TO_VALUE, "0.45").toFire(reading)).isInstanceOf(Evaluation.Breached.class);
    }

    @Test
    void exactlyAtItsLimitItDoesNotFire() {
        var reading = read(LOAN_TO_VALUE, loan("3 ETH 0.9", "2000 USDC"), "ETH 1000", "USDC 1"); // two thirds
        var limit = ((Reading.Measured) reading).low();

        assertThat(above(LOAN_TO_VALUE, limit.toPlainString()).toFire(reading)).isInstanceOf(Evaluation.Clear.class);
        assertThat(above(LOAN_TO_VALUE, "0.75").clear()).isEqualByComparingTo("0.735");
    }

    @Test
    void whoOwesNothingIsClearOfEachOfThem() {
        var free = loan(List.of("10 ETH 0.8"), List.of());

        assertThat(above(LOAN_TO_VALUE, "0.1").toFire(read(LOAN_TO_VALUE, free, "ETH 1")))
                .isInstanceOf(Evaluation.Clear.class);
        assertThat(Threshold.of(level(new Level.Limit.Below(number("9"))))
                        .toFire(read(COLLATERAL_RATIO, free, "ETH 1")))
                .isInstanceOf(Evaluation.Clear.class);
        assertThat(interest("P3650D").toFire(read(INTEREST, free, "ETH 1"))).isInstanceOf(Evaluation.Clear.class);
        assertThat(drop("0.1").toFire(Readings.ofPosition(DROP, Given.standing(free, Given.market("ETH 1")))))
                .isInstanceOf(Evaluation.Clear.class);
    }

    @Test
    void perpetualContractsHaveNoneOfThemAndNeitherFireNorAreBlind() {
        var margin = new Margin(
                List.of(new Margin.Leg(new Asset("ETH"), Margin.Side.SHORT, BigDecimal.TEN, new BigDecimal("3000"))),
                new BigDecimal("6000"),
                new BigDecimal("0.03"),
                BigDecimal.ZERO,
                BigDecimal.ZERO);

        assertThat(List.of(LOAN_TO_VALUE, COLLATERAL_RATIO, INTEREST)).allSatisfy(condition -> {
            var reading = read(condition, margin, "ETH 3000");
            assertThat(reading).isInstanceOf(Reading.Inapplicable.class);
            assertThat(above(LOAN_TO_VALUE, "0.1").toFire(reading)).isInstanceOf(Evaluation.Clear.class);
        });
    }

    @Test
    void interestIsReadInSecondsToTheMinuteAndIsNeverWithoutARate() {
        var lasting = (Reading.Measured) read(INTEREST, loan("10 ETH 0.8", "20000 USDC 0.1"), "ETH 2600", "USDC 1");

        assertThat(lasting.low().doubleValue() / 86_400).isCloseTo(143.15, within(0.01)); // ln 1.04 / 0.1 years
        assertThat(read(INTEREST, LOAN, "ETH 2600", "USDC 1")).isInstanceOf(Reading.OutOfReach.class);
    }

    @Test
    void interestFiresWithinItsTimeAndClearsAtTwiceThat() {
        var threshold = interest("P30D");

        assertThat(threshold.toFire(exactly("2591999"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toFire(exactly("2592000"))).isInstanceOf(Evaluation.Clear.class);
        assertThat(threshold.toClear(exactly("5183999"))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toClear(exactly("5184000"))).isInstanceOf(Evaluation.Clear.class);
    }

    @Test
    void aFallIsToldInPercentOfThePeak() {
        var reading = after("ETH 3000", "ETH 2400");

        assertThat(reading).isEqualTo(exactly("20"));
        assertThat(drop("20").toFire(reading)).isInstanceOf(Evaluation.Clear.class);
        assertThat(drop("19.99").toFire(reading)).isInstanceOf(Evaluation.Breached.class);
    }

    @Test
    void aSourceThatAloneSeesAFallFiresNothing() {
        var reading = after("ETH 3000", "ETH 2400..3000");

        assertThat(reading).isEqualTo(range("0", "20"));
        assertThat(drop("10").toFire(reading)).isInstanceOf(Evaluation.Unknown.class);
    }

    @Test
    void whatOneSourceSaidBeforeIsNoHeightToFallFrom() {
        assertThat(after("ETH 2400..3000", "ETH 2400")).isEqualTo(exactly("0"));
    }

    @Test
    void withoutTheTimeBeforeAFallIsUnreadable() {
        assertThat(read(DROP, LOAN, "ETH 3000", "USDC 1")).isInstanceOf(Reading.Unreadable.class);
    }

    @Property(tries = 200)
    void atThePriceThatIsToldALoanToValueIsItsLimit(
            @ForAll @BigRange(min = "0.2", max = "1.5") @Scale(4) BigDecimal limit) {
        assertReached(LOAN_TO_VALUE, limit, "ETH 3000", "USDC 1");
    }

    @Property(tries = 200)
    void atThePriceThatIsToldACollateralRatioIsItsLimit(
            @ForAll @BigRange(min = "0.8", max = "5") @Scale(4) BigDecimal limit) {
        assertReached(COLLATERAL_RATIO, limit, "ETH 3000", "USDC 1");
    }

    private static void assertReached(Condition condition, BigDecimal limit, String... prices) {
        var mixed = loan(List.of("6 ETH 0.825", "2000 DAI 0.7"), List.of("12000 USDC", "20 LINK"));
        var others = new String[] {"DAI 1", "LINK 15"};

        triggers(condition, limit, Given.standing(mixed, Given.market(with(others, prices))))
                .forEach(price -> price.alone().ifPresent(usd -> {
                    var there = with(others, with(prices, price.asset() + " " + usd.toPlainString()));
                    var reading = (Reading.Measured) read(condition, mixed, there);
                    assertThat(reading.low()).isCloseTo(limit, within(new BigDecimal("1e-20")));
                }));
    }

    @Test
    void atThePriceThatIsToldInterestLeavesExactlyItsTime() {
        var loan = loan(List.of("10 ETH 0.8"), List.of("12000 USDC 0.1", "8000 DAI"));
        var standing = Given.standing(loan, Given.market("ETH 2600", "USDC 1", "DAI 1"));

        var price = triggers(INTEREST, number("2592000"), standing).getFirst();

        assertThat(price.asset()).isEqualTo(new Asset("DAI")); // rises
        var eth = triggers(INTEREST, number("2592000"), standing).stream()
                .filter(one -> one.asset().equals(new Asset("ETH")))
                .findFirst()
                .orElseThrow();
        var there = (Reading.Measured)
                read(INTEREST, loan, "ETH " + eth.alone().orElseThrow().toPlainString(), "USDC 1", "DAI 1");
        assertThat(there.low()).isCloseTo(number("2592000"), within(number("60")));
    }

    @Test
    void aFallSaysAtWhichPriceItWouldBeTold() {
        var latest = new LatestMarket();
        latest.offer(1, Given.market("ETH 3000", "USDC 1"));
        latest.offer(1, Given.marketAt(Given.NOON.plusSeconds(600), "ETH 2900", "USDC 1"));
        var standing = Given.standing(LOAN, latest.snapshot().orElseThrow()).after(latest.trail());

        var price = triggers(DROP, number("10"), standing).stream()
                .filter(one -> one.asset().equals(new Asset("ETH")))
                .findFirst()
                .orElseThrow();

        assertThat(price.alone().orElseThrow()).isCloseTo(number("2700"), within(number("1e-9")));
    }

    private static List<LiquidationPrice> triggers(Condition condition, BigDecimal limit, Standing standing) {
        return Triggers.ofPosition(condition, limit, standing).stream()
                .map(trigger -> ((Trigger.OfLoan) trigger).price())
                .toList();
    }

    /** Later ones replace earlier ones of the same asset. */
    private static String[] with(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    private static Reading after(String before, String now) {
        var latest = new LatestMarket();
        latest.offer(1, Given.market(before, "USDC 1"));
        latest.offer(1, Given.marketAt(Given.NOON.plusSeconds(600), now, "USDC 1"));
        return Readings.ofPosition(
                DROP, Given.standing(LOAN, latest.snapshot().orElseThrow()).after(latest.trail()));
    }

    private static Reading read(Condition condition, Terms terms, String... prices) {
        return Readings.ofPosition(condition, Given.standing(terms, Given.market(prices)));
    }

    private static Reading exactly(String value) {
        return range(value, value);
    }

    private static Reading range(String low, String high) {
        return new Reading.Measured(number(low), Optional.of(number(high)));
    }

    private static Threshold above(Condition condition, String limit) {
        return Threshold.of(condition, level(new Level.Limit.Above(number(limit))), LOAN, Given.ASSETS);
    }

    private static Threshold interest(String duration) {
        return Threshold.of(level(new Level.Limit.Within(Duration.parse(duration))));
    }

    private static Threshold drop(String percent) {
        return Threshold.of(level(new Level.Limit.Moved(number(percent))));
    }

    private static Level level(Level.Limit limit) {
        return new Level(
                Severity.WARNING,
                limit,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
