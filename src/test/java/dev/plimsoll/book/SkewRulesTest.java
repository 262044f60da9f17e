package dev.plimsoll.book;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.Ages;
import dev.plimsoll.rule.AssetReadings;
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

class SkewRulesTest {
    private static final UUID ADA = new UUID(1, 1);
    private static final MarketSnapshot YOUNG = Ages.market("USDC 1 5", "DAI 1 599", "ETH 3000 5");
    private static final MarketSnapshot OLD = Ages.market("USDC 1 5", "DAI 1 600", "ETH 3000 5");

    private static final Condition HEALTH = new Condition.HealthFactor(Condition.Basis.PROTOCOL);

    private final Book book = new Book();

    @Test
    void whileNoPriceIsAsOldAsARuleAsksNothingIsSelected() {
        put(ADA, loan("1000 USDC 0.9", "898 DAI"));
        put(ADA, new Watches.All());
        settle(book.select(readings(OLD), Given.NOON));

        assertThat(book.select(readings(YOUNG), Given.NOON).positions()).isEmpty();
    }

    @Test
    void onlyWhoStandsOnTheOldPriceIsSelectedAndAgainAtEveryTick() {
        var loop = put(ADA, loan("1000 USDC 0.9", "898 DAI"));
        put(ADA, loan("1 ETH 0.8", "2000 USDC"));
        put(ADA, loan(List.of("1000 DAI 0.9"), List.of()));
        put(ADA, new Watches.All());
        settle(book.select(readings(YOUNG), Given.NOON));

        var first = book.select(readings(OLD), Given.NOON);
        settle(first);
        var second = book.select(readings(OLD), Given.NOON);

        assertThat(first.positions()).extracting(Selection.OfPosition::position).containsExactly(loop);
        assertThat(second.positions())
                .extracting(Selection.OfPosition::position)
                .containsExactly(loop);
    }

    @Test
    void anOldCollateralCountsAsWell() {
        put(ADA, loan("1000 DAI 0.9", "898 USDC"));
        put(ADA, new Watches.All());
        settle(book.select(readings(YOUNG), Given.NOON));

        assertThat(book.select(readings(OLD), Given.NOON).positions()).hasSize(1);
    }

    @Test
    void whatNoSuchRuleWatchesIsNotSelected() {
        put(ADA, loan("1000 USDC 0.9", "898 DAI"));
        put(new UUID(2, 2), loan("1000 USDC 0.9", "898 DAI"));
        put(ADA, new Watches.All(), HEALTH, new Level.Limit.Below(BigDecimal.ONE));
        var gone = put(ADA, new Watches.All());
        put(ADA, new Watches.Labelled("team", "other"));
        book.removeRule(gone.id());
        settle(book.select(readings(YOUNG), Given.NOON));

        assertThat(book.select(readings(OLD), Given.NOON).positions()).isEmpty();
    }

    private void settle(Selection selection) {
        selection.positions().forEach(one -> book.settle(one, PositionBand.EVERYWHERE));
    }

    private static AssetReadings readings(MarketSnapshot market) {
        return new AssetReadings(market, new LatestMarket().trail());
    }

    private Position put(UUID account, Loan loan) {
        var position = new Position(
                UUID.randomUUID(),
                account,
                Optional.empty(),
                "a loan",
                Map.of(),
                loan,
                Optional.empty(),
                Given.NOON,
                Given.NOON,
                1);
        book.put(position);
        return position;
    }

    /** Automatic: after ten minutes. */
    private Rule put(UUID account, Watches watches) {
        return put(account, watches, new Condition.FeedSkew(), new Level.Limit.Auto());
    }

    private Rule put(UUID account, Watches watches, Condition condition, Level.Limit limit) {
        var level = new Level(
                Severity.WARNING,
                limit,
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(1),
                Optional.empty());
        var rule = new Rule(
                UUID.randomUUID(),
                account,
                Optional.empty(),
                "skew",
                Map.of(),
                watches,
                condition,
                List.of(level),
                Telling.EVERYTHING,
                Given.NOON,
                1);
        book.put(rule);
        return rule;
    }
}
