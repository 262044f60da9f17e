package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.DefaultRules;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A book that selects everything is never wrong; this holds that it does not, where each asset stands on one side. */
class EconomyTest {
    private static final UUID ACCOUNT = new UUID(7, 7);
    private static final int POSITIONS = 500;

    private final Book book = new Book();
    private Instant now = Given.NOON;
    private final World world = new World(market(1));

    @Test
    void aCalmMarketSelectsFewerThanOneInTwenty() {
        fill();
        IntStream.range(0, 3).forEach(tick -> tick(1));

        var selected = IntStream.range(0, 100)
                .mapToDouble(tick -> 1 + 0.0005 * Math.sin(tick))
                .mapToInt(this::tick)
                .sum();

        assertThat(selected).isLessThan(100 * POSITIONS / 20);
    }

    @Test
    void anOutageSelectsNobodyTwice() {
        fill();
        IntStream.range(0, 3).forEach(tick -> tick(1));

        assertThat(tick("ETH ?", "wstETH ?", "BTC ?", "USDC ?", "DAI ?", "RENDER ?"))
                .isPositive();
        tick("ETH ?", "wstETH ?", "BTC ?", "USDC ?", "DAI ?", "RENDER ?");
        assertThat(tick("ETH ?", "wstETH ?", "BTC ?", "USDC ?", "DAI ?", "RENDER ?"))
                .isZero();
    }

    private void fill() {
        var dice = Dice.of(1);
        DefaultRules.of(ACCOUNT, now).forEach(book::put);
        for (var i = 0; i < POSITIONS; i++) {
            book.put(new Position(
                    dice.id(),
                    ACCOUNT,
                    Optional.empty(),
                    "loan",
                    Map.of(),
                    oneSided(dice),
                    Optional.empty(),
                    now,
                    now,
                    1));
        }
    }

    private static Loan oneSided(Dice dice) {
        return Stream.generate(dice::loan)
                .filter(loan -> !loan.collateral().isEmpty())
                .filter(loan -> loan.collateral().size() + loan.debt().size()
                        == loan.assets().size())
                .findFirst()
                .orElseThrow();
    }

    private int tick(double factor) {
        return tick(market(factor));
    }

    private int tick(String... prices) {
        now = now.plusSeconds(10);
        return tick(Given.marketAt(now, prices));
    }

    private int tick(MarketSnapshot market) {
        now = market.tick().at();
        world.turn(market, Given.NOON);
        var selection = book.select(world.readings(), now);
        for (var one : selection.positions()) {
            Deciding.settle(book, world, one);
        }
        return selection.size();
    }

    private MarketSnapshot market(double factor) {
        now = now.plusSeconds(10);
        return Given.marketAt(
                now,
                IntStream.range(0, Dice.ASSETS.size())
                        .mapToObj(i -> Dice.ASSETS.get(i) + " " + Dice.AROUND.get(i) * factor)
                        .toArray(String[]::new));
    }
}
