package dev.plimsoll.pipeline;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What {@link Rehearsal} plays: people that do not exist, whose loans and contracts are critical at prices nobody quoted, in
 * a memory of their own. The same at every start.
 */
final class Play {
    private static final int PEOPLE = 200;
    private static final int CAST = 4;
    private static final int DECIMALS = 6;

    /** Of every asset, in US dollars. */
    private static final BigDecimal PRICE = new BigDecimal("1234.5");

    private static final PriceRange POINT = PriceRange.between(PRICE, PRICE);
    private static final Instant LONG_AGO = Instant.EPOCH;
    private static final String WORD = "kraken";
    private static final List<String> SOURCES = List.of("binance", "coinbase", WORD, "okx");

    private final Memory memory = new Memory();
    private final LatestMarket latest = new LatestMarket();
    private final List<Asset> cast;
    private final MarketSnapshot market;

    /** @param assets of which some play: few markets have none */
    Play(AssetRegistry assets) {
        this.cast = assets.all().stream().map(AssetInfo::asset).limit(CAST).toList();
        this.market = new MarketSnapshot(
                new Tick(1, LONG_AGO, Duration.ofSeconds(10)),
                cast.stream().map(Play::agreed).collect(Collectors.toMap(Consensus::asset, Function.identity())));
        if (!isEmpty()) {
            IntStream.range(0, PEOPLE).forEach(this::enter);
        }
    }

    /** There is nothing to lend or to owe. */
    boolean isEmpty() {
        return cast.size() < 2;
    }

    Memory memory() {
        return memory;
    }

    MarketSnapshot market() {
        return market;
    }

    Trail trail() {
        return latest.trail();
    }

    private void enter(int number) {
        var account = new UUID(1, number);
        DefaultRules.of(account, LONG_AGO).forEach(memory::put);
        memory.put(new Position(
                new UUID(2, number),
                account,
                Optional.empty(),
                "loan " + number,
                Map.of(),
                terms(number),
                Optional.empty(),
                LONG_AGO,
                LONG_AGO,
                1));
    }

    private Terms terms(int number) {
        return switch (number % 5) {
            case 0 -> loan(number, 1, Optional.of(WORD));
            case 1 -> contract(number);
            default -> loan(number, 1 + number % (cast.size() - 1), Optional.empty());
        };
    }

    /** At a health factor a little above 1. */
    private Loan loan(int number, int debts, Optional<String> source) {
        var held = BigDecimal.valueOf(number + 1);
        var threshold = LiquidationThreshold.threshold("0.8");
        var owed = held.multiply(threshold.weight())
                .divide(BigDecimal.valueOf(debts), DECIMALS, RoundingMode.DOWN)
                .multiply(new BigDecimal("0.97"));
        return new Loan(
                List.of(new Loan.Collateral(cast.getFirst(), held, threshold, Optional.empty(), Optional.empty())),
                cast.stream()
                        .skip(1)
                        .limit(debts)
                        .map(asset -> new Loan.Debt(asset, owed, Optional.empty()))
                        .toList(),
                source,
                Optional.empty());
    }

    private Margin contract(int number) {
        var size = BigDecimal.valueOf(number + 1);
        var rate = new BigDecimal("0.05");
        return new Margin(
                List.of(new Margin.Leg(cast.getFirst(), Margin.Side.LONG, size, PRICE)),
                size.multiply(PRICE).multiply(new BigDecimal("0.052")),
                rate,
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private static Consensus agreed(Asset asset) {
        var voices = SOURCES.stream().map(Play::voice).toList();
        return new Consensus.Agreed(asset, POINT, voices.size(), BigDecimal.ONE, voices);
    }

    private static Voice voice(String source) {
        return new Voice(
                source,
                source,
                Optional.of(new Quoted(PRICE, Optional.empty(), BigDecimal.ZERO)),
                Optional.of(POINT),
                Optional.of(Duration.ofMillis(750)),
                BigDecimal.TEN,
                Duration.ofMinutes(1),
                Optional.of(BigDecimal.ONE),
                Optional.empty());
    }
}
