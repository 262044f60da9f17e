package dev.plimsoll.book;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A whole book: accounts of ten positions of four legs each, with the default rules. For measuring. */
public final class BookLoad {
    private static final int ASSETS = 21;
    private static final int POSITIONS_AN_ACCOUNT = 10;
    private static final LiquidationThreshold THRESHOLD = LiquidationThreshold.threshold("0.8");

    private final SplittableRandom random = new SplittableRandom(20261121);
    private final Book book = new Book();
    private final Trail trail = new Trail();
    private final List<Asset> assets =
            IntStream.range(0, ASSETS).mapToObj(i -> new Asset("A" + i)).toList();
    private final double[] prices = random.doubles(ASSETS, 1, 1000).toArray();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    /** One in a thousand positions stands at its limit, and is selected at every tick. */
    public BookLoad(int positions) {
        for (var position = 0; position < positions; position++) {
            if (position % POSITIONS_AN_ACCOUNT == 0) {
                DefaultRules.of(account(position), now).forEach(book::put);
            }
            book.put(position(position));
        }
        settle();
    }

    private UUID account(int position) {
        return new UUID(1, position / POSITIONS_AN_ACCOUNT);
    }

    private Position position(int number) {
        var some =
                random.ints(0, ASSETS).distinct().limit(4).mapToObj(assets::get).toList();
        var loan = new Loan(
                some.subList(0, 2).stream()
                        .map(asset ->
                                new Loan.Collateral(asset, amount(), THRESHOLD, Optional.empty(), Optional.empty()))
                        .toList(),
                some.subList(2, 4).stream()
                        .map(asset -> new Loan.Debt(asset, amount(), Optional.empty()))
                        .toList());
        var id = new UUID(2, number);
        return new Position(
                id, account(number), Optional.empty(), "loan", Map.of(), loan, Optional.empty(), now, now, 1);
    }

    private BigDecimal amount() {
        return BigDecimal.valueOf(1 + random.nextLong(100_000), 3);
    }

    private void settle() {
        for (var selected :
                book.select(new AssetReadings(market(0), trail), now).positions()) {
            var loan = (Loan) selected.position().terms();
            var collateral = loan.collateral().stream()
                    .mapToDouble(leg -> 0.8 * worth(leg.asset(), leg.amount()))
                    .sum();
            var debt = loan.debt().stream()
                    .mapToDouble(leg -> worth(leg.asset(), leg.amount()))
                    .sum();
            var factor = collateral / debt;
            var atItsLimit = selected.position().id().getLeastSignificantBits() % 1000 == 0;
            book.settle(
                    selected,
                    PositionBand.ofProtocol(
                            atItsLimit ? Band.NOWHERE : new Band(factor * 0.8, factor * 1.2, Instant.MAX)));
        }
        book.accounts().forEach(blind -> book.settle(blind, Instant.MAX));
    }

    private double worth(Asset asset, BigDecimal amount) {
        return amount.doubleValue() * prices[assets.indexOf(asset)];
    }

    private MarketSnapshot market(double move) {
        Map<Asset, Consensus> consensus = IntStream.range(0, ASSETS)
                .boxed()
                .collect(Collectors.toMap(assets::get, i -> agreed(assets.get(i), prices[i] * (1 + move))));
        return new MarketSnapshot(new Tick(1, now, Duration.ofSeconds(10)), consensus);
    }

    private static Consensus agreed(Asset asset, double price) {
        var range = PriceRange.between(BigDecimal.valueOf(price), BigDecimal.valueOf(price));
        return new Consensus.Agreed(asset, range, 3, BigDecimal.ONE, List.of());
    }

    /** The whole of what a tick asks of the book; how much it selects. */
    public int tick() {
        now = now.plusSeconds(10);
        return book.select(new AssetReadings(market((random.nextDouble() - 0.5) / 50), trail), now)
                        .size()
                + book.accounts().size();
    }
}
