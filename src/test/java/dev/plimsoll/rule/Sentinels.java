package dev.plimsoll.rule;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.Condition.Basis;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Alerts about a loan on ETH at 3,294 US dollars, some a little from firing and some a little from resolving: whatever
 * moves that price by 2 % moves one of them.
 */
public final class Sentinels {
    private static final Asset ETH = new Asset("ETH");

    /** Its health factor is 1.1324, its distance 11.7 %. */
    private static final Loan LOAN = Given.loan("10 ETH 0.825", "24000 USDC");

    private static final List<Sentinel> ALL = List.of(
            new Sentinel("health factor", health(), below("1.12", "1.14")),
            new Sentinel("distance", distance(), below("10.5", "13")),
            new Sentinel("fall", Sentinels::price, below("3250", "3340")),
            new Sentinel("rise", Sentinels::price, new Threshold(Side.ABOVE, number("3340"), number("3250"))));

    private Sentinels() {}

    private record Sentinel(String name, Function<MarketSnapshot, Reading> reads, Threshold threshold) {
        /** The same one is asked twice: as if it had not fired yet, and as if it had. */
        Stream<String> move(MarketSnapshot market) {
            var reading = reads.apply(market);
            var fires = threshold.toFire(reading) instanceof Evaluation.Breached;
            var resolves = threshold.toClear(reading) instanceof Evaluation.Clear;
            return Stream.of(fires ? name + " fires" : "", resolves ? name + " resolves" : "")
                    .filter(moved -> !moved.isEmpty());
        }
    }

    /** What fires or resolves in this market: nothing at the price they were set up for. */
    public static List<String> moved(MarketSnapshot market) {
        return ALL.stream().flatMap(sentinel -> sentinel.move(market)).toList();
    }

    private static Function<MarketSnapshot, Reading> health() {
        return market -> Readings.ofPosition(new Condition.HealthFactor(Basis.MARKET), Given.standing(LOAN, market));
    }

    private static Function<MarketSnapshot, Reading> distance() {
        return market ->
                Readings.ofPosition(new Condition.LiquidationDistance(Optional.empty()), Given.standing(LOAN, market));
    }

    private static Reading price(MarketSnapshot market) {
        return Readings.ofPrice(ETH, market);
    }

    private static Threshold below(String limit, String clear) {
        return new Threshold(Side.BELOW, number(limit), number(clear));
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
