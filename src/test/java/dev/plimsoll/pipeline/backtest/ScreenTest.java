package dev.plimsoll.pipeline.backtest;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Margin.Leg;
import dev.plimsoll.risk.Margin.Side;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the bars that may matter are looked at exactly: that must not make a difference. */
class ScreenTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration AT_ONCE = Duration.ZERO;

    private static final List<Rule> RULES = List.of(
            Trial.below("1.25", "1.18"),
            rule(new Condition.HealthFactor(Basis.MARKET), Duration.ofMinutes(2), new Limit.Below(number("1.22"))),
            rule(new Condition.LiquidationDistance(Optional.empty()), AT_ONCE, new Limit.Auto()),
            rule(new Condition.LiquidationDistance(Optional.of(ETH)), AT_ONCE, new Limit.Percent(number("18"))),
            rule(new Condition.LoanToValue(), AT_ONCE, new Limit.Above(number("0.68"))),
            rule(new Condition.CollateralRatio(), AT_ONCE, new Limit.Below(number("1.47"))),
            rule(new Condition.HealthDrop(HALF_AN_HOUR), AT_ONCE, new Limit.Moved(number("1.5"))));

    private static final List<Terms> POSITIONS = List.of(
            loan("10 ETH 0.825", "20000 USDC"),
            loan(List.of("5 ETH 0.825", "0.2 BTC 0.78"), List.of("18000 USDC 0.08")),
            loan("20000 USDC 0.9", "5 ETH"),
            new Margin(
                    List.of(new Leg(ETH, Side.SHORT, number("5"), number("3000"))),
                    number("1000"),
                    number("0.03"),
                    number("0.0005"),
                    BigDecimal.ZERO));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsToldOfPositionsIsTheSame(long seed) {
        var prices = prices(seed);
        for (var rule : RULES) {
            for (var terms : POSITIONS) {
                var backtest = Trial.of(rule, terms, prices);

                assertThat(Lines.of(backtest.run(true)))
                        .as("%s on %s, seed %d", rule.condition(), terms, seed)
                        .isEqualTo(Lines.of(backtest.run(false)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsToldOfPricesIsTheSame(long seed) {
        var change = new Condition.PriceChange(ETH, Direction.EITHER, HALF_AN_HOUR);
        var rules = List.of(
                rule(new Condition.AssetPrice(ETH), AT_ONCE, new Limit.Below(number("2950"))),
                rule(change, AT_ONCE, new Limit.Moved(number("1"))));
        for (var rule : rules) {
            var backtest = Trial.of(rule, prices(seed));

            assertThat(Lines.of(backtest.run(true)))
                    .as("%s, seed %d", rule.condition(), seed)
                    .isEqualTo(Lines.of(backtest.run(false)));
        }
    }

    /** Otherwise the tests above would say nothing. */
    @Test
    void muchIsTold() {
        var prices = prices(1);

        assertThat(RULES)
                .allSatisfy(rule -> assertThat(POSITIONS.stream()
                                .flatMap(terms -> Trial.story(Trial.of(rule, terms, prices)).told().stream()))
                        .as("%s", rule.condition())
                        .isNotEmpty());
    }

    /** A day in which one asset has longer bars than the others. */
    private static PastPrices prices(long seed) {
        var day = Duration.ofDays(1);
        return Months.prices(Map.of(
                "ETH", new Months(seed, day, Duration.ofMinutes(1)).around(3000, 0.0008),
                "BTC", new Months(seed + 100, day, Duration.ofMinutes(5)).around(60_000, 0.001),
                "USDC", new PastPrice.Held(BigDecimal.ONE)));
    }

    private static Rule rule(Condition condition, Duration hold, Limit limit) {
        return Trial.rule(condition, hold, limit);
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
