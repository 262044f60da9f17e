package dev.plimsoll.pipeline.backtest;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.unit.Assets;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Thirty days of minutes for one position, or for many. */
public final class BacktestLoad {
    private final Backtest backtest;

    public BacktestLoad(int positions) {
        var account = new UUID(1, 1);
        var held = IntStream.range(0, positions)
                .mapToObj(i -> position(account, i))
                .toList();
        var prices = Months.prices(Map.of(
                "ETH",
                new Months(42, Duration.ofDays(30), Duration.ofMinutes(1)).around(3000, 0.0006),
                "USDC",
                new PastPrice.Held(BigDecimal.ONE)));
        var warning = DefaultRules.of(account, Months.START).getFirst();
        this.backtest = new Backtest(warning, held, prices, Assets.registry());
    }

    private static Position position(UUID account, int number) {
        return new Position(
                new UUID(2, number),
                account,
                Optional.empty(),
                "loan " + number,
                Map.of(),
                Given.loan("10 ETH 0.825", 20_000 - 10 * number + " USDC"),
                Optional.empty(),
                Months.START,
                Months.START,
                1);
    }

    public int ticks() {
        return backtest.prices().steps().size();
    }

    public List<String> screened() {
        return Lines.of(backtest.run(true));
    }

    public List<String> exactly() {
        return Lines.of(backtest.run(false));
    }
}
