package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;

/** Prices as near to a limit as numbers get: a double cannot tell them apart, the exact decision can. */
class BoundaryTest {
    private static final UUID ACCOUNT = new UUID(7, 7);

    @Property(tries = 500)
    void aPriceNextToALimitIsNeverOverlooked(
            @ForAll @BigRange(min = "0.001", max = "1000000") @Scale(12) BigDecimal ether,
            @ForAll @BigRange(min = "1", max = "10000000") @Scale(6) BigDecimal dollars,
            @ForAll @BigRange(min = "0.5", max = "3") @Scale(9) BigDecimal limit,
            @ForAll RoundingMode rounding,
            @ForAll boolean below) {
        var up = rounding == RoundingMode.UNNECESSARY ? RoundingMode.HALF_UP : rounding;
        var loan = Given.loan(ether.toPlainString() + " ETH 0.83", dollars.toPlainString() + " USDC");
        var edge = limit.multiply(dollars).divide(ether.multiply(new BigDecimal("0.83")), new MathContext(34, up));
        var away = edge.multiply(new BigDecimal(below ? "0.7" : "1.7"));
        var rule = rule(limit);

        var book = decidedAt(away, loan, rule);
        var changes = isBelow(limit, loan, away) != isBelow(limit, loan, edge);

        assertThat(changes
                        && book.select(readings(edge), Given.NOON).positions().isEmpty())
                .isFalse();
    }

    private static Book decidedAt(BigDecimal price, Loan loan, Rule rule) {
        var book = new Book();
        book.put(position(loan));
        book.put(rule);
        var world = new World(market(price));
        world.turn(market(price), Given.NOON);
        for (var selected : book.select(readings(price), Given.NOON).positions()) {
            var standing = world.standing(selected.position());
            world.decide(rule, selected.position(), standing);
            var atRest = world.decide(rule, selected.position(), standing);
            book.settle(selected, Bands.ofPosition(loan, standing, List.of(atRest), Given.ASSETS));
        }
        assertThat(book.select(readings(price), Given.NOON).positions()).isEmpty();
        return book;
    }

    private static boolean isBelow(BigDecimal limit, Loan loan, BigDecimal price) {
        return Given.health(loan, "ETH " + price.toPlainString(), "USDC 1")
                .healthFactor()
                .isBelow(limit);
    }

    private static AssetReadings readings(BigDecimal price) {
        return new AssetReadings(market(price), new Trail());
    }

    private static MarketSnapshot market(BigDecimal price) {
        return Given.market("ETH " + price.toPlainString(), "USDC 1");
    }

    private static Position position(Loan loan) {
        return new Position(
                new UUID(1, 1),
                ACCOUNT,
                Optional.empty(),
                "loan",
                Map.of(),
                loan,
                Optional.empty(),
                Given.NOON,
                Given.NOON,
                1);
    }

    private static Rule rule(BigDecimal limit) {
        var level = new Level(
                Severity.WARNING,
                new Level.Limit.Below(limit),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty());
        return new Rule(
                new UUID(2, 2),
                ACCOUNT,
                Optional.empty(),
                "a rule",
                Map.of(),
                new Watches.All(),
                new Condition.HealthFactor(Condition.Basis.PROTOCOL),
                List.of(level),
                Telling.EVERYTHING,
                Given.NOON,
                1);
    }
}
