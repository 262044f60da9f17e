package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a position is looked at again whose protocol takes another price than the market. */
class GapBandsTest {
    private static final UUID ACCOUNT = new UUID(7, 7);
    private static final Loan LOAN = Given.loan("10 ETH 0.8", "12000 USDC");
    private static final Rule FIFTY_BPS = rule("50");

    @Test
    void anOpenGapIsLookedAtAgainWhenItIsWorseThanKnown() {
        var band = bandAt("3021"); // 70 bps above 3000

        assertThat(holds(band, "3021")).isTrue();
        assertThat(holds(band, "3027")).isFalse(); // 90, though not twice as much
    }

    private static PositionBand bandAt(String protocol) {
        var standing = standing(protocol);
        var world = new World(market("3000"));
        Decided atRest = world.decide(FIFTY_BPS, position(), standing);
        while (!atRest.isAtRest()) {
            atRest = world.decide(FIFTY_BPS, position(), standing);
        }
        return Bands.ofPosition(LOAN, standing, List.of(atRest), Given.ASSETS);
    }

    private static boolean holds(PositionBand band, String protocol) {
        return band.protocol().holds(factor(protocol), factor(protocol), Given.NOON)
                && band.market().holds(factor("3000"), factor("3000"), Given.NOON);
    }

    private static double factor(String ether) {
        return Given.health(LOAN, market(ether))
                .healthFactor()
                .value()
                .orElseThrow()
                .doubleValue();
    }

    private static Standing standing(String protocol) {
        var market = market("3000");
        return Standing.by(
                new Standing.Word("feed", market), Given.judge(LOAN, market(protocol)), Given.judge(LOAN, market));
    }

    private static MarketSnapshot market(String ether) {
        return Given.market("ETH " + ether, "USDC 1");
    }

    private static Position position() {
        return new Position(
                new UUID(1, 1),
                ACCOUNT,
                Optional.empty(),
                "loan",
                Map.of(),
                LOAN,
                Optional.empty(),
                Given.NOON,
                Given.NOON,
                1);
    }

    private static Rule rule(String bps) {
        var level = new Level(
                Severity.WARNING,
                new Level.Limit.Bps(new BigDecimal(bps)),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());
        return new Rule(
                new UUID(2, 2),
                ACCOUNT,
                Optional.empty(),
                "a rule",
                Map.of(),
                new Watches.All(),
                new Condition.OracleGap(),
                List.of(level),
                Telling.EVERYTHING,
                Given.NOON,
                1);
    }
}
