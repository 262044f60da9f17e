package dev.plimsoll.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BookTest {
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BEN = new UUID(1, 2);
    private static final Band SAFE = new Band(1.1, 9, Instant.MAX);
    private static final Condition HEALTH = new Condition.HealthFactor(Condition.Basis.PROTOCOL);

    private final Book book = new Book();
    private Instant now = Given.NOON;

    @Test
    void whatIsNewIsSelectedUntilItIsSettled() {
        var loan = put(ADA, Map.of());
        var rule = put(ADA, HEALTH, new Watches.All());

        assertThat(tick("ETH 2400").positions()).containsExactly(new Selection.OfPosition(loan, List.of(rule)));
        settle(tick("ETH 2400"));
        assertThat(tick("ETH 2400").size()).isZero();
        assertThat(tick("ETH 2100").positions()).hasSize(1);
    }

    @Test
    void whatNobodyWatchesIsNotSelected() {
        put(ADA, Map.of("team", "treasury"));
        put(BEN, HEALTH, new Watches.All());
        put(ADA, HEALTH, new Watches.Labelled("team", "trading"));
        put(ADA, HEALTH, new Watches.OneAsset(new Asset("BTC")));

        assertThat(tick("ETH 2400").positions()).isEmpty();
        assertThat(tick("ETH 1").positions()).isEmpty();
    }

    @Test
    void aRuleSelectsAllThatItWatchesWhenItComesChangesAndGoes() {
        put(ADA, Map.of());
        var first = put(ADA, HEALTH, new Watches.All());
        settle(tick("ETH 2400"));

        var second = put(ADA, HEALTH, new Watches.All());

        assertThat(tick("ETH 2400").positions().getFirst().rules()).containsExactly(first, second);
        settle(tick("ETH 2400"));
        book.removeRule(first.id());
        assertThat(tick("ETH 2400").positions().getFirst().rules()).containsExactly(second);
    }

    @Test
    void whatChangedAfterItWasSelectedCannotBeSettled() {
        var loan = put(ADA, Map.of());
        put(ADA, HEALTH, new Watches.All());
        var selection = tick("ETH 2400");

        book.put(loan);
        settle(selection);

        assertThat(tick("ETH 2400").positions()).hasSize(1);
    }

    @Test
    void whatWasSelectedIsSelectedUntilItIsSettledThoughPricesComeBack() {
        put(ADA, Map.of());
        put(ADA, HEALTH, new Watches.All());
        settle(tick("ETH 2400"));

        assertThat(tick("ETH 2100").positions()).hasSize(1);
        assertThat(tick("ETH 2400").positions()).hasSize(1);
        settle(tick("ETH 2400"));
        assertThat(tick("ETH 2400").positions()).isEmpty();
    }

    @Test
    void ofACrowdTheMostUrgentAreSelectedAndTheOthersWaitForTheirTurn() {
        IntStream.range(0, 3).forEach(number -> put(ADA, Map.of()));
        put(ADA, HEALTH, new Watches.All());

        var first = tick("ETH 2400", 2);
        settle(first);
        var second = tick("ETH 2400", 2);
        settle(second);

        assertThat(first.positions()).hasSize(2);
        assertThat(second.positions()).hasSize(1).doesNotContainAnyElementsOf(first.positions());
        assertThat(tick("ETH 2400", 2).positions()).isEmpty();
    }

    @Test
    void whoWasMovedByPricesComesBeforeWhoWasToldAndIsOnlyDue() {
        var told = put(ADA, Map.of());
        put(ADA, HEALTH, new Watches.All());
        settle(tick("ETH 2400"), SAFE.dueAt(now.plusSeconds(5)));
        var moved = put(ADA, Map.of());

        assertThat(tick("ETH 2400").positions())
                .extracting(Selection.OfPosition::position)
                .containsExactly(moved, told);
    }

    @Test
    void aRemovedPositionIsForgotten() {
        var loan = put(ADA, Map.of());
        put(ADA, HEALTH, new Watches.All());

        book.removePosition(loan.id());

        assertThat(tick("ETH 2400").positions()).isEmpty();
        assertThat(book.position(loan.id())).isEmpty();
        assertThat(book.assets()).isEmpty();
    }

    @Test
    void aGapOrAClockSetBackSelectsWhatWaitsForATime() {
        put(ADA, Map.of());
        put(ADA, HEALTH, new Watches.All());
        settle(tick("ETH 2400"), SAFE.dueAt(now.plusSeconds(3600)));
        assertThat(tick("ETH 2400").positions()).isEmpty();

        now = now.plusSeconds(25);
        assertThat(tick("ETH 2400").positions()).hasSize(1);
        settle(tick("ETH 2400"), SAFE.dueAt(now.plusSeconds(3600)));
        assertThat(tick("ETH 2400").positions()).isEmpty();
        now = now.minusSeconds(60);
        assertThat(tick("ETH 2400").positions()).hasSize(1);
    }

    @Test
    void afterAClockIsSetBackFallsAreLookedAtUntilATickIsPastWhatItHadReached() {
        put(ADA, Map.of());
        put(ADA, new Condition.HealthDrop(Duration.ofMinutes(5)), new Watches.All());
        settle(tick("ETH 2400"));
        assertThat(tick("ETH 2400").positions()).isEmpty();

        now = now.minusMillis(10_500);
        settle(tick("ETH 2400")); // behind
        settle(tick("ETH 2400")); // the first that is not
        assertThat(tick("ETH 2400").positions()).isEmpty();

        now = now.minusMillis(10_500);
        settle(tick("ETH 2400"));
        assertThat(tick("ETH 2400").positions()).hasSize(1);
    }

    @Test
    void aBlindPositionIsSelectedAgainWhenSomethingIsSeen() {
        var loan = put(ADA, Map.of());
        put(ADA, HEALTH, new Watches.All());
        loseSight(tick("ETH ?"));

        assertThat(book.unseen(ADA)).containsOnlyKeys(loan.id());
        assertThat(tick("ETH ?").positions()).isEmpty();
        assertThat(tick("ETH 2400").positions()).hasSize(1);
        settle(tick("ETH 2400"));
        assertThat(book.unseen(ADA)).isEmpty();
    }

    @Test
    void whatNoRuleWatchesAnyMoreIsNotBlind() {
        put(ADA, Map.of());
        var rule = put(ADA, HEALTH, new Watches.All());
        loseSight(tick("ETH ?"));

        book.removeRule(rule.id());
        tick("ETH ?");

        assertThat(book.unseen(ADA)).isEmpty();
    }

    @Test
    void aBlindRuleIsAskedWhenAPositionIsLostFromSightAndWhenItIsSeenAgain() {
        put(ADA, Map.of());
        var blind = put(ADA, new Condition.Blind(), new Watches.All());
        settle(tick("ETH 2400"));
        book.accounts().forEach(account -> book.settle(account, Instant.MAX));
        assertThat(book.accounts()).isEmpty();

        loseSight(tick("ETH ?"));
        assertThat(book.accounts()).containsExactly(new Selection.OfAccount(ADA, blind));
        book.accounts().forEach(account -> book.settle(account, now.plusSeconds(60)));
        tick("ETH ?");
        assertThat(book.accounts()).isEmpty();
        settle(tick("ETH 2400"));
        assertThat(book.accounts()).hasSize(1);
    }

    @Test
    void interestThatBeginsLaterIsWaitedFor() {
        var later = Given.NOON.plusSeconds(3600);
        book.put(position(ADA, Map.of(), "16000 USDC 0.05", later));
        put(ADA, HEALTH, new Watches.All());

        settle(tick("ETH 2400"));

        assertThat(tick("ETH 2400").positions()).hasSize(1);
    }

    @Test
    void interestMovesAPositionOutOfItsBandWhilePricesStandStill() {
        book.put(position(ADA, Map.of(), "16000 USDC 0.5", Given.NOON));
        put(ADA, HEALTH, new Watches.All());
        settle(tick("ETH 2400"), new Band(1.19, 9, Instant.MAX)); // 1.2 now, 1.19 in six days

        assertThat(tick("ETH 2400").positions()).isEmpty();
        now = now.plus(Duration.ofDays(7));
        assertThat(tick("ETH 2400").positions()).hasSize(1);
    }

    @Test
    void aPriceRuleIsSelectedWhenThePriceLeavesItsBand() {
        var rule = put(ADA, new Condition.AssetPrice(new Asset("ETH")), new Watches.OneAsset(new Asset("ETH")));
        tick("ETH 2400")
                .assets()
                .forEach(pair -> book.settle(pair, new AssetBand(new Band(2000, 1e9, Instant.MAX), Band.EVERYWHERE)));

        assertThat(tick("ETH 2300").assets()).isEmpty();
        assertThat(tick("ETH 1990").assets())
                .containsExactly(new Selection.OfAsset(new Condition.AssetPrice(new Asset("ETH")), rule));
        assertThat(tick("ETH 1990..2100").assets()).hasSize(1);
        tick("ETH ?").assets().forEach(pair -> book.settle(pair, new AssetBand(Band.EVERYWHERE, Band.EVERYWHERE)));
        assertThat(tick("ETH ?").assets()).isEmpty();
        assertThat(tick("ETH 2300").assets()).hasSize(1);
    }

    private Position put(UUID account, Map<String, String> labels) {
        var position = position(account, labels, "16000 USDC", Given.NOON);
        book.put(position);
        return position;
    }

    private static Position position(UUID account, Map<String, String> labels, String debt, Instant since) {
        return new Position(
                UUID.randomUUID(),
                account,
                Optional.empty(),
                "ETH loan",
                labels,
                Given.loan("10 ETH 0.8", debt),
                Optional.empty(),
                since,
                since,
                1);
    }

    private Rule put(UUID account, Condition condition, Watches watches) {
        var level = new Level(
                Severity.WARNING,
                new Level.Limit.Below(new BigDecimal("1.1")),
                Optional.empty(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty());
        var rule = new Rule(
                UUID.randomUUID(),
                account,
                Optional.empty(),
                "warn me",
                Map.of(),
                watches,
                condition,
                List.of(level),
                Telling.EVERYTHING,
                now,
                1);
        book.put(rule);
        return rule;
    }

    private Selection tick(String eth) {
        return tick(eth, Integer.MAX_VALUE);
    }

    private Selection tick(String eth, int most) {
        now = now.plusSeconds(10);
        return book.select(new AssetReadings(market(eth), new Trail()), now, most);
    }

    private MarketSnapshot market(String eth) {
        return Given.marketAt(now, eth, "USDC 1");
    }

    private void settle(Selection selection) {
        settle(selection, SAFE);
    }

    private void settle(Selection selection, Band band) {
        selection.positions().forEach(selected -> book.settle(selected, PositionBand.ofProtocol(band)));
    }

    private void loseSight(Selection selection) {
        selection
                .positions()
                .forEach(selected -> book.settleUnseen(selected, new Unseen(now, "no price"), PositionBand.EVERYWHERE));
    }
}
