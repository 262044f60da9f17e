package dev.plimsoll.rule;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plimsoll.market.Drift;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How probable liquidation is within a time, by how wildly prices moved of late. */
class LiquidationProbabilityTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Condition CONDITION = new Condition.LiquidationProbability(DAY);
    private static final Loan LOAN = loan("10 ETH 0.8", "20000 USDC");

    private static final Offset<BigDecimal> A_HAIR = within(new BigDecimal("0.0002"));

    /** A minute's deviation of 0.001 is 3.79 % a day. */
    private static final Map<String, String> CALM = Map.of("ETH", "0.001", "wstETH", "0.001", "USDC", "0");

    @Test
    void itIsTwiceTheChanceToEndBeyondTheLine() {
        var reading = read(LOAN, CALM, "ETH 2700", "USDC 1"); // ln 1.08 = 2.028 deviations of a day

        assertThat(reading.low()).isEqualTo(reading.high().orElseThrow());
        assertThat(reading.low()).isCloseTo(new BigDecimal("0.0426"), A_HAIR);
    }

    /** Each stands ln 1.08 from its line, whichever way its price has to go. */
    @Test
    void aRiseIsAsProbableAsAFall() {
        var shortLoan = loan("20000 USDC 0.8", "4 ETH"); // liquidated above 4000
        var longContract = Given.margin("2000", "0.01", "5 ETH long 3000"); // below 2626.26
        var shortContract = Given.margin("2000", "0.01", "5 ETH short 3000"); // above 3366.34

        assertThat(List.of(
                        read(shortLoan, CALM, "ETH 3703.7", "USDC 1").low(),
                        read(longContract, CALM, "ETH 2836.36").low(),
                        read(shortContract, CALM, "ETH 3116.98").low()))
                .allSatisfy(chance -> assertThat(chance).isCloseTo(new BigDecimal("0.0426"), A_HAIR));
    }

    @Test
    void howFarTheLineIsDoesNotMakeARiseLessProbable() {
        var twice = Map.of("ETH", "0.01", "USDC", "0"); // 37.9 % a day; ln 2 = 1.827 deviations of a day

        assertThat(read(loan("20000 USDC 0.8", "4 ETH"), twice, "ETH 2000", "USDC 1")
                        .low())
                .isCloseTo(new BigDecimal("0.0678"), A_HAIR);
    }

    @Test
    void theNearerTheLikelierAndAtTheLineItIsCertain() {
        assertThat(read(LOAN, CALM, "ETH 2600", "USDC 1").low())
                .isGreaterThan(read(LOAN, CALM, "ETH 2700", "USDC 1").low());
        assertThat(read(LOAN, CALM, "ETH 2500", "USDC 1").low()).isEqualByComparingTo("1");
        assertThat(read(LOAN, CALM, "ETH 2400", "USDC 1").low()).isEqualByComparingTo("1");
    }

    @Test
    void whatSourcesDisagreeAboutIsReadAtBothEnds() {
        var reading = read(LOAN, CALM, "ETH 2600..2700", "USDC 1");

        assertThat(reading.low())
                .isEqualTo(read(LOAN, CALM, "ETH 2700", "USDC 1").low());
        assertThat(reading.high())
                .contains(read(LOAN, CALM, "ETH 2600", "USDC 1").low());
    }

    @Test
    void collateralAndDebtOfOneGroupOffsetEachOther() {
        var loop = loan("10 wstETH 0.95", "11 ETH"); // 3.6 % from liquidation

        assertThat(read(loop, CALM, "wstETH 3600", "ETH 3000").low()).isLessThanOrEqualTo(new BigDecimal("0.0001"));
    }

    @Test
    void withoutAMeasuredVolatilityItIsUnreadable() {
        var market = market(Map.of("USDC", "0"), "ETH 2700", "USDC 1");

        assertThat(Readings.ofPosition(CONDITION, Given.standing(LOAN, market))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void whoOwesNothingHasNoChance() {
        var free = loan(List.of("10 ETH 0.8"), List.of());
        var reading = Readings.ofPosition(CONDITION, Given.standing(free, market(Map.of(), "ETH 2700")));

        assertThat(above("0.01").toFire(reading)).isInstanceOf(Evaluation.Clear.class);
    }

    @Test
    void itClearsAtSevenTenthsOfItsLimit() {
        assertThat(above("0.10").clear()).isEqualByComparingTo("0.07");
    }

    @Test
    void atThePriceThatIsToldTheChanceIsTheLimit() {
        var likely = new BigDecimal("0.05");

        assertThat(chanceAtTold(likely, LOAN, "ETH 3000", "USDC 1")).isCloseTo(likely, A_HAIR);
        assertThat(chanceAtTold(likely, loan("20000 USDC 0.8", "4 ETH"), "ETH 3000", "USDC 1"))
                .isCloseTo(likely, A_HAIR);
        assertThat(chanceAtTold(likely, Given.margin("2000", "0.01", "5 ETH short 3000"), "ETH 3000"))
                .isCloseTo(likely, A_HAIR);
    }

    /** How likely it is at the price of ether that a level with this limit fires at. */
    private static BigDecimal chanceAtTold(BigDecimal limit, Terms terms, String... prices) {
        var standing = Given.standing(terms, market(CALM, prices));
        var told = Triggers.ofPosition(CONDITION, limit, standing).stream()
                .map(trigger -> ((Trigger.OfLoan) trigger).price())
                .filter(one -> one.asset().equals(new Asset("ETH")))
                .findFirst()
                .flatMap(one -> one.alone())
                .orElseThrow();
        return read(terms, CALM, "ETH " + told.toPlainString(), "USDC 1").low();
    }

    private static Threshold above(String limit) {
        var level = new Level(
                Severity.WARNING,
                new Level.Limit.Above(new BigDecimal(limit)),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());
        return Threshold.of(CONDITION, level, LOAN, Given.ASSETS);
    }

    private static Reading.Measured read(Terms terms, Map<String, String> deviations, String... prices) {
        return (Reading.Measured) Readings.ofPosition(CONDITION, Given.standing(terms, market(deviations, prices)));
    }

    private static MarketSnapshot market(Map<String, String> deviations, String... prices) {
        var volatility = new HashMap<Asset, BigDecimal>();
        deviations.forEach((asset, deviation) -> volatility.put(new Asset(asset), new BigDecimal(deviation)));
        var plain = Given.market(prices);
        var past = new Past(Map.of(), Map.of(), Map.of(), Map.of(), volatility);
        return new MarketSnapshot(plain.tick(), plain.assets(), past, Drift.NONE);
    }
}
