package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.Extremes;
import dev.plimsoll.market.Trail;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.LiquidationPrice;
import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.Trigger.AtPrice;
import dev.plimsoll.rule.Trigger.AtQuote;
import dev.plimsoll.rule.Trigger.AtTime;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what would make a level fire: the prices, quotes and times at which its limit is reached. */
public final class Triggers {
    private Triggers() {}

    /**
     * None of a skew between feeds: that is a matter of when they speak, not of what they say.
     *
     * @param limit of the level, where it is automatic as it is for this position
     */
    public static List<Trigger> ofPosition(Condition condition, BigDecimal limit, Standing standing) {
        return Readings.judgement(condition, standing) instanceof Judgement.Judged(var health)
                ? ofJudged(condition, limit, standing, health)
                : List.of();
    }

    private static List<Trigger> ofJudged(Condition condition, BigDecimal limit, Standing standing, Health health) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> ofLoan(health.pricesAtFactor(limit));
            case Condition.LoanToValue ignored -> ofLoan(health.pricesAtLoanToValue(limit));
            case Condition.CollateralRatio ignored -> ofLoan(health.pricesAtCollateralRatio(limit));
            case Condition.LiquidationDistance(var asset) ->
                ofLoan(asset.map(named -> health.pricesAtDistance(limit, named))
                        .orElseGet(() -> health.pricesAtDistance(limit)));
            case Condition.HealthDrop(var within) -> drop(limit, health, standing.before(), within);
            case Condition.TimeToLiquidation ignored -> ofLoan(health.pricesAtTimeToLiquidation(time(limit)));
            case Condition.LiquidationProbability(var within) -> touching(limit, health, within);
            case Condition.OracleGap ignored -> gap(limit, health, standing);
            case Condition.FeedSkew ignored -> List.of();
            case Condition.OnAsset ignored -> throw new IllegalArgumentException("a price is not a position's");
            case Condition.Blind ignored -> throw new IllegalArgumentException("blindness is an account's");
        };
    }

    private static List<Trigger> drop(BigDecimal percent, Health health, Optional<Trail> before, Duration within) {
        return before.flatMap(trail ->
                        health.highestWithin(trail, within).healthFactor().value())
                .map(peak -> ofLoan(health.pricesAtFactor(peak.multiply(left(percent)))))
                .orElse(List.of());
    }

    private static List<Trigger> touching(BigDecimal chance, Health health, Duration within) {
        return health.outlook()
                .map(outlook -> ofLoan(health.pricesAtCover(outlook.cover(chance, within))))
                .orElse(List.of());
    }

    /** What a fall by so many percent leaves. */
    private static BigDecimal left(BigDecimal percent) {
        return BigDecimal.ONE.subtract(percent.movePointLeft(2));
    }

    private static Duration time(BigDecimal seconds) {
        return Duration.ofSeconds(seconds.longValue());
    }

    /** The market's prices at which it is so far below the protocol, which stands still; none where both are one. */
    private static List<Trigger> gap(BigDecimal bps, Health protocol, Standing standing) {
        if (standing.isOne() || !(standing.market() instanceof Judgement.Judged(var market))) {
            return List.of();
        }
        var above = BigDecimal.ONE.add(bps.movePointLeft(4));
        return protocol.healthFactor().value().stream()
                .map(factor -> factor.divide(above, MathContext.DECIMAL128))
                .flatMap(factor -> ofLoan(market.pricesAtFactor(factor)).stream())
                .toList();
    }

    private static List<Trigger> ofLoan(List<LiquidationPrice> prices) {
        return prices.stream().<Trigger>map(Trigger.OfLoan::new).toList();
    }

    /** None where the condition cannot be measured. */
    public static List<Trigger> ofAsset(Condition.OnAsset condition, Level level, AssetReadings readings) {
        return readings.of(condition).plain().reading() instanceof Reading.Measured
                ? measurable(condition, level, readings).toList()
                : List.of();
    }

    private static Stream<Trigger> measurable(Condition.OnAsset condition, Level level, AssetReadings readings) {
        var limit = level.limit();
        var price = readings.market().range(condition.asset());
        return switch (condition) {
            case Condition.AssetPrice(var asset) -> price(asset, Threshold.of(condition, level), price).stream();
            case Condition.PriceChange change -> moves(change, ratio(level, 2), readings.extremes(change), price);
            case Condition.Depeg depeg -> pegs(depeg, ratio(level, 4), readings.reference(depeg), price);
            case Condition.PriceDivergence(var asset, var source) ->
                voices(asset, readings, source)
                        .filter(Divergences::isComparable)
                        .flatMap(voice -> quotes(readings, asset, voice, limit));
            case Condition.PriceStale(var asset, var source) ->
                voices(asset, readings, source)
                        .filter(voice -> voice.age().isPresent())
                        .map(voice -> time(voice, limit, readings));
        };
    }

    private static BigDecimal ratio(Level level, int places) {
        return Threshold.of(level).limit().movePointLeft(places);
    }

    private static Optional<Trigger> price(Asset asset, Threshold threshold, PriceRange now) {
        return threshold.side() == Threshold.Side.BELOW
                ? below(asset, threshold.limit(), now)
                : Optional.of(above(asset, threshold.limit(), now));
    }

    private static Stream<Trigger> moves(
            Condition.PriceChange change, BigDecimal part, Extremes extremes, PriceRange now) {
        var fall = below(change.asset(), extremes.highestLow().multiply(BigDecimal.ONE.subtract(part)), now);
        var rise = above(change.asset(), extremes.lowestHigh().multiply(BigDecimal.ONE.add(part)), now);
        return switch (change.direction()) {
            case DOWN -> fall.stream();
            case UP -> Stream.of(rise);
            case EITHER -> Stream.concat(fall.stream(), Stream.of(rise));
        };
    }

    private static Stream<Trigger> pegs(Condition.Depeg depeg, BigDecimal part, PriceRange of, PriceRange now) {
        var fall = below(depeg.asset(), of.low().multiply(BigDecimal.ONE.subtract(part)), now);
        var rise = above(depeg.asset(), of.high().orElseThrow().multiply(BigDecimal.ONE.add(part)), now);
        return Stream.concat(fall.stream(), Stream.of(rise));
    }

    /** Empty where no price is so low. */
    private static Optional<Trigger> below(Asset asset, BigDecimal usd, PriceRange now) {
        return usd.signum() > 0
                ? Optional.of(new AtPrice(
                        asset, Direction.BELOW, usd, percent(now.low().subtract(usd), now.low())))
                : Optional.empty();
    }

    private static Trigger above(Asset asset, BigDecimal usd, PriceRange now) {
        var high = now.high().orElse(now.low());
        return new AtPrice(asset, Direction.ABOVE, usd, percent(usd.subtract(high), high));
    }

    private static BigDecimal percent(BigDecimal way, BigDecimal from) {
        return way.signum() <= 0 || from.signum() == 0
                ? BigDecimal.ZERO
                : way.movePointRight(2).divide(from, MathContext.DECIMAL128);
    }

    private static Stream<Voice> voices(Asset asset, AssetReadings readings, Optional<String> source) {
        return readings.market().of(asset).map(Consensus::voices).orElse(List.of()).stream()
                .filter(voice -> source.isEmpty() || source.get().equals(voice.source()));
    }

    private static Stream<Trigger> quotes(AssetReadings readings, Asset asset, Voice voice, Limit limit) {
        var bps = limit instanceof Limit.Bps(var value) ? value : Divergences.allowedBps(voice);
        var part = bps.movePointLeft(4);
        var centre = Divergences.centre(readings.market().of(asset).orElseThrow(), voice);
        var above = new AtQuote(voice.source(), Direction.ABOVE, centre.multiply(BigDecimal.ONE.add(part)));
        return part.compareTo(BigDecimal.ONE) >= 0
                ? Stream.of(above)
                : Stream.of(
                        new AtQuote(voice.source(), Direction.BELOW, centre.multiply(BigDecimal.ONE.subtract(part))),
                        above);
    }

    private static Trigger time(Voice voice, Limit limit, AssetReadings readings) {
        var allowed = limit instanceof Limit.After(var value) ? value : voice.staleAfter();
        var heard = readings.market().tick().at().minus(voice.age().orElse(Duration.ZERO));
        return new AtTime(voice.source(), heard.plus(allowed));
    }
}
