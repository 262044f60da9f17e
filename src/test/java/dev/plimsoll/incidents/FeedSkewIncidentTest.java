package dev.plimsoll.incidents;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer;
import dev.plimsoll.rule.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedSkewIncidentTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Venue COINBASE = Venue.exchange("coinbase");
    private static final Venue KRAKEN = Venue.exchange("kraken");
    private static final Venue GECKO = Venue.aggregator("coingecko");
    private static final Venue ON_CHAIN = new Venue("chainlink", "chainlink", 50, Duration.ofHours(1));

    /** Aave on Polygon: a loop of stablecoins, whose two feeds moved eleven minutes apart. */
    @Test
    void feedsElevenMinutesApartAreToldOnceOfTheThinLoopOnly() {
        var stage = new Stage(
                        Stage.registry(),
                        List.of(COINBASE.feed(), KRAKEN.feed(), GECKO.feed(), ON_CHAIN.feed()),
                        MINUTE)
                .rule(new Condition.FeedSkew())
                .position("Loop", loan("1000000 USDC 0.85", "846000 DAI"))
                .position("Calm loop", loan("1000000 USDC 0.85", "765000 DAI"));
        var stands = Instant.parse("2022-05-12T08:00:00Z");
        var moves = Instant.parse("2022-05-12T08:12:00Z");

        for (var at = stands; at.isBefore(stands.plus(MINUTE.multipliedBy(30))); at = at.plus(MINUTE)) {
            var moved = !at.isBefore(moves);
            stage.tick(at, quotes(at, moved ? at : stands, moved ? "1.004" : "1"));
        }

        var skew = stage.told().stream()
                .filter(told -> told.rule().equals("feed-skew"))
                .toList();
        assertThat(skew)
                .extracting(Object::toString)
                .containsExactly("12 08:11 Loop feed-skew alert.firing", "12 08:17 Loop feed-skew alert.resolved");
        assertThat(skew.getFirst().text())
                .startsWith(
                        "The prices of USDC and DAI that Loop stands on are 11 min apart (USDC less than a second old,"
                                + " DAI 11 min old); in that time they may have moved 0.11 %, the feeds are only as exact as"
                                + " 1.50 %, and liquidation is 0.47 % away. When the price of DAI moves on, Loop may be"
                                + " liquidated at once. Liquidation would cost ");
        assertThat(skew.getLast().text())
                .startsWith("Resolved: the prices of DAI and USDC that Loop stands on are less than a second apart");
    }

    private static List<Answer> quotes(Instant at, Instant said, String dai) {
        return List.of(
                ON_CHAIN.saysOf(said, at, "DAI", dai),
                GECKO.saysOf(said, at, "DAI", dai),
                COINBASE.says(at, "USDC", "1"),
                KRAKEN.says(at, "USDC", "1"));
    }
}
