package dev.plimsoll.rule;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkewTest {
    /** Two feeds of 5 bps, and eleven minutes at 1 bps: 0.21 % in doubt. */
    private static final MarketSnapshot APART = Ages.market("USDC 1 10", "DAI 1 670");

    /** 0.2 % from liquidation: 900 / 898.2. */
    private static final Loan THIN = loan("1000 USDC 0.9", "898.2 DAI");

    @Test
    void pricesAreAsFarApartAsTheYoungestQuotesThatCount() {
        assertThat(read(THIN, APART)).isEqualTo(seconds(660));
        assertThat(read(THIN, Ages.market("USDC 1 10", "DAI 1 700 670 x3"))).isEqualTo(seconds(660));
        assertThat(read(THIN, Ages.market("USDC 1 670", "DAI 1 10"))).isEqualTo(seconds(660));
    }

    @Test
    void itCountsOnlyWhereLiquidationIsNearerThanThePricesCanBeTrusted() {
        assertThat(read(loan("1000 USDC 0.9", "898.11 DAI"), APART)).isEqualTo(seconds(0)); // exactly 0.21 %
        assertThat(read(loan("1000 USDC 0.9", "898.12 DAI"), APART)).isEqualTo(seconds(660));
        assertThat(read(loan("1000 USDC 0.9", "600 DAI"), APART)).isEqualTo(seconds(0));
    }

    @Test
    void whereThePriceIsWildOfLateItIsTrustedLess() {
        var comfortable = loan("1000 USDC 0.9", "896 DAI"); // 0.44 %
        var wild = Map.of(
                new Asset("DAI"), new BigDecimal("0.002")); // times the root of 11, but 10 times its class at most
        var past = new Past(Map.of(), Map.of(), Map.of(), Map.of(), wild);

        assertThat(read(comfortable, APART)).isEqualTo(seconds(0));
        assertThat(read(comfortable, Ages.market(past, "USDC 1 10", "DAI 1 670")))
                .isEqualTo(seconds(660));
    }

    @Test
    void ofEachSideTheAssetCountsThatMayHaveMovedMost() {
        var loan = loan(List.of("500 USDC 0.9", "0.15 ETH 0.9"), List.of("853 DAI")); // 855 against 853: 0.234 %
        var market = Ages.market("USDC 1 10", "ETH 3000 610", "DAI 1 310");

        var skew = Skew.of(Given.health(loan, market)).orElseThrow();

        assertThat(skew.driftPercent()).isEqualByComparingTo("1.05"); // ten minutes of ETH, five of DAI
        assertThat(skew.bandPercent()).isEqualByComparingTo("0.1");
        assertThat(skew.oldest().asset()).isEqualTo(new Asset("ETH"));
        assertThat(skew.youngest().asset()).isEqualTo(new Asset("USDC"));
    }

    @Test
    void withoutAPriceOrItsTimeNothingCanBeRead() {
        assertThat(read(THIN, Ages.market("USDC 1 10", "DAI ?"))).isInstanceOf(Reading.Unreadable.class);
        assertThat(read(THIN, Ages.market("USDC 1 10", "DAI 1 x670"))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void aLoanThatIsLiquidatableWhateverThePriceOfALegIsUnreadableToo() {
        var loan = loan(List.of("1000 USDC 0.9"), List.of("950 DAI", "1 BTC"));

        assertThat(read(loan, Ages.market("USDC 1 10", "DAI 1 670", "BTC ?"))).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    void dustWithoutAPriceDoesNotMatter() {
        var loan = loan(List.of("1000 USDC 0.9", "0.0000001 BTC 0.7"), List.of("898.2 DAI"));

        assertThat(read(loan, Ages.market("USDC 1 10", "DAI 1 670", "BTC ?"))).isEqualTo(seconds(660));
    }

    @Test
    void whoOwesNothingStandsOnNoPrice() {
        assertThat(read(loan(List.of("1000 USDC 0.9"), List.of()), APART)).isEqualTo(seconds(0));
    }

    @Test
    void aLevelFiresBeyondItsLimitAndClearsAtIt() {
        var threshold = threshold(new Level.Limit.After(Duration.ofSeconds(660)));

        assertThat(threshold.toFire(seconds(660))).isInstanceOf(Evaluation.Clear.class);
        assertThat(threshold.toFire(seconds(661))).isInstanceOf(Evaluation.Breached.class);
        assertThat(threshold.toClear(seconds(660))).isInstanceOf(Evaluation.Clear.class);
        assertThat(threshold.toClear(seconds(661))).isInstanceOf(Evaluation.Breached.class);
    }

    @Test
    void anAutomaticLimitIsTenMinutes() {
        assertThat(threshold(new Level.Limit.Auto()).limit()).isEqualByComparingTo("600");
    }

    @Test
    void itIsWrittenRoundedTowardsDanger() {
        var skew = Skew.of(Given.health(loan("1000 USDC 0.9", "898.111 DAI"), APART))
                .orElseThrow();

        assertThat(SkewJson.write(skew)).isEqualTo(new JsonObject("""
                        {"oldest": {"asset": "DAI", "ageSeconds": 670, "bandBps": "5"},
                         "youngest": {"asset": "USDC", "ageSeconds": 10, "bandBps": "5"},
                         "driftPercent": "0.11", "bandPercent": "0.10", "distancePercent": "0.20", "thin": true}"""));
    }

    private static Reading read(Loan loan, MarketSnapshot market) {
        return Readings.ofPosition(new Condition.FeedSkew(), Given.standing(loan, market));
    }

    private static Reading.Measured seconds(long seconds) {
        var exactly = Staleness.seconds(Duration.ofSeconds(seconds));
        return new Reading.Measured(exactly, Optional.of(exactly));
    }

    private static Threshold threshold(Level.Limit limit) {
        var level = new Level(
                Severity.WARNING,
                limit,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());
        return Threshold.of(new Condition.FeedSkew(), level, THIN, Given.ASSETS);
    }
}
