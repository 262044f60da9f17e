package dev.plimsoll.book;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.rule.Telling;
import dev.plimsoll.rule.Watches;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Throws positions and rules whose health factors lie around 1, where states change. */
record Dice(Random random) {
    static final List<Asset> ASSETS = List.of("ETH", "wstETH", "BTC", "USDC", "DAI", "RENDER").stream()
            .map(Asset::new)
            .toList();
    static final List<String> SOURCES = List.of("coinbase", "kraken", "gecko");
    static final List<Double> AROUND = List.of(3000.0, 3600.0, 60000.0, 1.0, 1.0, 5.0);

    static Dice of(long seed) {
        return new Dice(new Random(seed));
    }

    boolean oneIn(int sides) {
        return random.nextInt(sides) == 0;
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    BigDecimal between(double low, double high) {
        return new BigDecimal(low + random.nextDouble() * (high - low), new MathContext(1 + random.nextInt(8)))
                .max(BigDecimal.valueOf(low));
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Mostly loans. */
    Terms terms() {
        return oneIn(3) ? margin() : loan();
    }

    /** Leverage up to 50; one leg or several, sometimes both sides of one asset; entered near where the prices begin. */
    Margin margin() {
        var legs = assets(1 + random.nextInt(3)).stream()
                .flatMap(asset -> oneIn(8)
                        ? Stream.of(leg(asset, Margin.Side.LONG), leg(asset, Margin.Side.SHORT))
                        : Stream.of(leg(asset, any(List.of(Margin.Side.values())))))
                .toList();
        var notional = legs.stream()
                .map(leg -> leg.size().multiply(leg.entryPrice()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Margin(
                legs,
                notional.multiply(oneIn(10) ? between(0.5, 1.5) : between(0.02, 0.2)),
                oneIn(20) ? new BigDecimal("0.000001") : between(0.002, 0.1),
                oneIn(2) ? new BigDecimal("0.0005") : BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    private Margin.Leg leg(Asset asset, Margin.Side side) {
        var price = AROUND.get(ASSETS.indexOf(asset));
        return new Margin.Leg(
                asset,
                side,
                between(0.1, 1000 / price).max(new BigDecimal("0.001")),
                between(0.9 * price, 1.1 * price));
    }

    /** Some 1,000 dollars on either side, so that quotients lie around 1; sometimes one asset on both sides. */
    Loan loan() {
        var collateral = assets(oneIn(10) ? 0 : 1 + random.nextInt(3));
        var debt = assets(oneIn(10) ? 0 : 1 + random.nextInt(3));
        return new Loan(
                collateral.stream()
                        .map(asset -> new Loan.Collateral(
                                asset,
                                amount(asset, collateral.size()),
                                threshold(),
                                Optional.empty(),
                                Optional.empty(),
                                oneIn(3) ? rate() : Optional.empty()))
                        .toList(),
                debt.stream()
                        .map(asset -> new Loan.Debt(asset, amount(asset, debt.size()), rate()))
                        .toList(),
                oneIn(2) ? source() : Optional.empty(),
                Optional.empty());
    }

    private List<Asset> assets(int count) {
        var shuffled = new ArrayList<>(ASSETS);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, count);
    }

    private BigDecimal amount(Asset asset, int legs) {
        var whole = 1000 / AROUND.get(ASSETS.indexOf(asset));
        var amount = oneIn(8) ? between(whole / 1e6, whole / 1e3) : between(whole * 0.7 / legs, whole * 1.6 / legs);
        return amount.signum() > 0 ? amount : BigDecimal.ONE;
    }

    private LiquidationThreshold threshold() {
        return switch (random.nextInt(3)) {
            case 0 -> LiquidationThreshold.ratio(between(1, 1.6).toPlainString());
            case 1 -> LiquidationThreshold.margin(between(0.01, 0.3).toPlainString());
            default ->
                LiquidationThreshold.threshold(
                        between(0.6, 1).min(BigDecimal.ONE).toPlainString());
        };
    }

    private Optional<BigDecimal> rate() {
        return oneIn(3) ? Optional.of(new BigDecimal(any(List.of("0.052", "0", "25", "3000")))) : Optional.empty();
    }

    Position position(UUID account, Instant around) {
        return new Position(
                id(),
                account,
                Optional.empty(),
                "a loan",
                oneIn(2) ? Map.of("team", "treasury") : Map.of(),
                terms(),
                Optional.empty(),
                around.plusSeconds(random.nextInt(4000) - 3600),
                around,
                1);
    }

    Rule rule(UUID account, Instant now, List<Position> positions) {
        var condition = condition();
        var severities = oneIn(2) ? List.of(Severity.WARNING, Severity.CRITICAL) : List.of(Severity.WARNING);
        var start = random.nextDouble();
        var levels = IntStream.range(0, severities.size())
                .mapToObj(at -> level(severities.get(at), condition, start * (1 - 0.5 * at)))
                .toList();
        return new Rule(
                id(),
                account,
                Optional.empty(),
                "a rule",
                Map.of(),
                watches(condition, positions),
                condition,
                levels,
                Telling.EVERYTHING,
                now,
                1);
    }

    private Condition condition() {
        return switch (random.nextInt(22)) {
            case 0, 1 -> new Condition.HealthFactor(any(List.of(Condition.Basis.values())));
            case 18, 19 -> new Condition.OracleGap();
            case 11 -> new Condition.LoanToValue();
            case 12 -> new Condition.CollateralRatio();
            case 13, 14, 15 -> new Condition.HealthDrop(window());
            case 16 -> new Condition.TimeToLiquidation();
            case 17 -> new Condition.LiquidationProbability(window());
            case 2 -> new Condition.AssetPrice(any(ASSETS));
            case 3 -> new Condition.Blind();
            case 9, 10 -> new Condition.FeedSkew();
            case 4 -> new Condition.LiquidationDistance(Optional.of(any(ASSETS)));
            case 5 -> new Condition.PriceChange(any(ASSETS), any(List.of(Direction.values())), window());
            case 6 -> new Condition.PriceDivergence(any(ASSETS), source());
            case 7 -> new Condition.PriceStale(any(ASSETS), source());
            case 8 ->
                new Condition.Depeg(new Asset("DAI"), oneIn(2) ? Optional.of(new Asset("USDC")) : Optional.empty());
            default -> new Condition.LiquidationDistance(Optional.empty());
        };
    }

    private Duration window() {
        return Duration.ofMinutes(1 + random.nextInt(5));
    }

    private Optional<String> source() {
        return oneIn(2) ? Optional.of(any(SOURCES)) : Optional.empty();
    }

    private Watches watches(Condition condition, List<Position> positions) {
        return switch (condition) {
            case Condition.OnAsset about -> new Watches.OneAsset(about.asset());
            default ->
                switch (random.nextInt(5)) {
                    case 0 -> new Watches.OnePosition(any(positions).id());
                    case 1 -> new Watches.Labelled("team", "treasury");
                    default -> new Watches.All();
                };
        };
    }

    private Level level(Severity severity, Condition condition, double where) {
        return new Level(
                severity,
                limit(condition, where),
                Optional.empty(),
                seconds(0, 0, 20),
                seconds(0, 30),
                seconds(0, 60),
                Optional.empty());
    }

    private Level.Limit limit(Condition condition, double where) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> new Level.Limit.Below(scaled(0.9, 0.6, where));
            case Condition.LoanToValue ignored -> new Level.Limit.Above(rising(0.5, 0.8, where));
            case Condition.CollateralRatio ignored -> new Level.Limit.Below(scaled(0.9, 1.2, where));
            case Condition.HealthDrop ignored -> new Level.Limit.Moved(rising(0.05, 15, where));
            case Condition.TimeToLiquidation ignored ->
                new Level.Limit.Within(
                        Duration.ofSeconds((long) scaled(4e6, -3.9e6, where).doubleValue()));
            case Condition.LiquidationProbability ignored -> new Level.Limit.Above(rising(0.01, 0.9, where));
            case Condition.AssetPrice(var asset) -> {
                var price = AROUND.get(ASSETS.indexOf(asset));
                yield new Level.Limit.Below(scaled(0.8 * price, 0.4 * price, where));
            }
            case Condition.PriceChange ignored -> new Level.Limit.Moved(rising(0.1, 20, where));
            case Condition.PriceDivergence ignored ->
                oneIn(2) ? new Level.Limit.Auto() : new Level.Limit.Bps(rising(10, 400, where));
            case Condition.PriceStale ignored ->
                oneIn(2) ? new Level.Limit.Auto() : new Level.Limit.After(seconds(30, 60, 130));
            case Condition.OracleGap ignored ->
                oneIn(4) ? new Level.Limit.Auto() : new Level.Limit.Bps(rising(10, 600, where));
            case Condition.FeedSkew ignored ->
                oneIn(9) ? new Level.Limit.Auto() : new Level.Limit.After(seconds(10, 30, 60));
            case Condition.Depeg ignored -> new Level.Limit.Bps(rising(5, 500, where));
            case Condition.Blind ignored -> new Level.Limit.After(seconds(0, 30, 60));
            case Condition.LiquidationDistance ignored ->
                oneIn(3) ? new Level.Limit.Auto() : new Level.Limit.Percent(scaled(1, 40, where));
        };
    }

    /** The severer, the farther. */
    private static BigDecimal rising(double from, double width, double where) {
        return scaled(from + width, -width, where);
    }

    private static BigDecimal scaled(double from, double width, double where) {
        return new BigDecimal(from + width * where, new MathContext(3));
    }

    private Duration seconds(Integer... choices) {
        return Duration.ofSeconds(any(List.of(choices)));
    }
}
