package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.NOON;
import static dev.plimsoll.risk.Given.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Drift;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Past;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What may become of a position, as its {@code health} block tells it. */
class OutlookJsonTest {

    /** A minute's deviation of 0.001 is 3.79 % a day, and ln 1.08 is 2.028 of those away. */
    @Test
    void theChanceToTouchLiquidationStandsWithItsTimeAndTheVolatilityItIsFrom() {
        var touch = health(Given.loan("10 ETH 0.8", "20000 USDC"), moving("ETH 2700", "USDC 1"))
                .getJsonObject("touchProbability");

        assertThat(touch.getString("within")).isEqualTo("PT24H");
        assertThat(new BigDecimal(touch.getString("value")))
                .isBetween(new BigDecimal("0.0424"), new BigDecimal("0.0428"));
        assertThat(touch.getString("volatilityPercentPerDay")).isEqualTo("3.80");
    }

    @Test
    void whileNobodyKnowsHowPricesMoveThereIsNoChanceToTell() {
        assertThat(health(Given.loan("10 ETH 0.8", "20000 USDC"), market("ETH 2700", "USDC 1"))
                        .containsKey("touchProbability"))
                .isFalse();
    }

    @Test
    void oneLiquidationCostsItsBonusOnThePartOfTheDebtThatItMayClose() {
        var whole = health(loan(Optional.empty(), "0.825", "0.05", "20000"), market("ETH 2981.11", "USDC 1"));
        var half = health(loan(number("0.5"), "0.825", "0.05", "20000"), market("ETH 2981.11", "USDC 1"));

        assertThat(whole.getString("lossAtLiquidation")).isEqualTo("1000.00");
        assertThat(half.getString("lossAtLiquidation")).isEqualTo("500.00");
        assertThat(half.getJsonObject("advice").getJsonObject("ifNothing"))
                .isEqualTo(JsonObject.of("loss", "500.00", "bonus", "0.05", "closeFactor", "0.5"));
    }

    /** L07 and L08: 5 % owed, without and with 3 % earned. */
    @Test
    void whatCollateralEarnsPutsLiquidationOff() {
        var without = time(earning(Optional.empty()));
        var with = time(earning(number("0.03")));

        assertThat(without).isEqualTo(Duration.ofDays(365).multipliedBy(2)); // ln(e^0.1) / 0.05
        assertThat(with).isEqualTo(Duration.ofDays(365).multipliedBy(5)); // ln(e^0.1) / (0.05 - 0.03)
    }

    @Test
    void whatEarnsAsMuchAsIsOwedIsNeverLiquidatedByInterest() {
        assertThat(health(earning(number("0.05")), market("ETH 3000", "USDC 1")).containsKey("timeToLiquidation"))
                .isFalse();
    }

    /** 0.8 with a bonus of 10 %: from 0.88 down each liquidation makes the next one likelier. */
    @Test
    void theSpiralSaysWhereItBeginsAndWhetherItIsThere() {
        var loan = loan(number("0.5"), "0.8", "0.1", "10000");

        var before = health(loan, market("ETH 1110", "USDC 1")).getJsonObject("spiral");
        var there = health(loan, market("ETH 1100", "USDC 1")).getJsonObject("spiral");

        assertThat(before).isEqualTo(JsonObject.of("healthFactor", "0.8800", "reached", false));
        assertThat(there).isEqualTo(JsonObject.of("healthFactor", "0.8800", "reached", true));
    }

    @Test
    void badDebtIsWhereTheCollateralPaysForTheDebtAndTheBonusNoMore() {
        var prices = health(loan(number("0.5"), "0.8", "0.1", "10000"), market("ETH 3000", "USDC 1"))
                .getJsonArray("badDebtPrices");

        assertThat(prices.getJsonObject(0).getString("asset")).isEqualTo("ETH");
        assertThat(prices.getJsonObject(0).getString("alone")).isEqualTo("1100.00");
    }

    private static Loan loan(Optional<BigDecimal> closeFactor, String threshold, String bonus, String debt) {
        var ether = new Loan.Collateral(
                new Asset("ETH"),
                BigDecimal.TEN,
                LiquidationThreshold.threshold(threshold),
                Optional.empty(),
                number(bonus));
        return new Loan(List.of(ether), List.of(Given.debt(debt + " USDC")), Optional.empty(), closeFactor);
    }

    /** At a health factor of e to the 0.1, with ether at 3,000. */
    private static Loan earning(Optional<BigDecimal> annualRate) {
        var ether = new Loan.Collateral(
                new Asset("ETH"),
                new BigDecimal("11.0517091807564763"),
                LiquidationThreshold.threshold("0.8"),
                Optional.empty(),
                Optional.empty(),
                annualRate);
        return new Loan(List.of(ether), List.of(Given.debt("24000 USDC 0.05")));
    }

    private static Optional<BigDecimal> number(String number) {
        return Optional.of(new BigDecimal(number));
    }

    private static Duration time(Loan loan) {
        return Duration.parse(health(loan, market("ETH 3000", "USDC 1")).getString("timeToLiquidation"));
    }

    private static MarketSnapshot moving(String... prices) {
        var seen = market(prices);
        var deviations = Map.of(new Asset("ETH"), new BigDecimal("0.001"), new Asset("USDC"), BigDecimal.ZERO);
        var past = new Past(Map.of(), Map.of(), Map.of(), Map.of(), deviations);
        return new MarketSnapshot(seen.tick(), seen.assets(), past, Drift.NONE);
    }

    private static JsonObject health(Loan loan, MarketSnapshot market) {
        return HealthJson.write(Given.standing(loan, market), NOON, Optional.empty());
    }
}
