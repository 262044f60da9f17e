package dev.plimsoll.book;

import static dev.plimsoll.rule.Venues.DAI;
import static dev.plimsoll.rule.Venues.NOON;
import static dev.plimsoll.rule.Venues.daiAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AssetPairsTest {
    private static final Condition KRAKEN_STALE = new Condition.PriceStale(DAI, Optional.of("kraken"));

    private final Book book = new Book();
    private final World world = new World(daiAt(NOON, "kraken 1.00 0", "okx 1.00 0"));

    @Test
    void whatGrowsBeyondItsLimitIsSelected() {
        book.put(rule(KRAKEN_STALE, new Level.Limit.After(Duration.ofMinutes(1))));
        tick(0);

        assertThat(tick(59)).isZero();
        assertThat(tick(61)).isEqualTo(1);
    }

    @Test
    void whatStoodOnItsLimitIsSelectedWhenItGoesOn() {
        book.put(rule(KRAKEN_STALE, new Level.Limit.After(Duration.ofMinutes(1))));
        tick(0);
        tick(60);

        assertThat(tick(61)).isEqualTo(1);
    }

    @Test
    void anAutomaticLevelIsSelectedByWhatTheFeedMayDo() {
        book.put(rule(KRAKEN_STALE, new Level.Limit.Auto()));
        tick(0);

        assertThat(tick(129)).isZero();
        assertThat(tick(131)).isEqualTo(1);
    }

    @Test
    void whatWasWrittenIsSelected() {
        var rule = rule(KRAKEN_STALE, new Level.Limit.Auto());
        book.put(rule);
        tick(0);

        book.put(rule);

        assertThat(tick(1)).isEqualTo(1);
    }

    @Test
    void whatIsGoneIsNotMeasured() {
        var rule = rule(KRAKEN_STALE, new Level.Limit.Auto());
        book.put(rule);

        book.removeRule(rule.id());

        assertThat(tick(1000)).isZero();
        assertThat(book.assets()).isEmpty();
    }

    /** How many rules are selected when kraken has had no news for so many seconds; they are decided. */
    private int tick(int age) {
        var now = NOON.plusSeconds(age);
        world.turn(daiAt(now, "kraken - " + age, "okx 1.00 0"), NOON);
        var selected = book.select(world.readings(), now).assets();
        for (var one : selected) {
            book.settle(
                    one,
                    Bands.ofAsset(
                            world.decide(one), one.condition(), world.readings().of(one.condition())));
        }
        return selected.size();
    }

    private static Rule rule(Condition condition, Level.Limit limit) {
        var level = new Level(
                Severity.WARNING,
                limit,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofDays(1),
                Optional.empty());
        return new Rule(
                new UUID(0, 1),
                new UUID(0, 2),
                Optional.empty(),
                "rule",
                Map.of(),
                new Watches.OneAsset(DAI),
                condition,
                List.of(level),
                Telling.EVERYTHING,
                NOON,
                1);
    }
}
