package dev.plimsoll.alert;

import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Escalation;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Measure;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Readings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdicts;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes observations of what a tick judged. */
public final class Observations {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100_000);

    private Observations() {}

    /**
     * Of a position, for a condition on it. A skew between feeds and a gap between prices do not say that the position is
     * liquidatable: rules on its health do. The gap worsens each time it has doubled, the skew not by itself.
     */
    public static Observation ofPosition(
            Rule rule, Position position, Standing standing, AssetRegistry assets, Instant at, Instant unbrokenSince) {
        var side = worse(rule.condition());
        var value = agreed(Readings.ofPosition(rule.condition(), standing), side);
        var liquidation = judged(standing.protocol()).filter(any -> isOnHealth(rule.condition()));
        return new Observation(
                at,
                unbrokenSince,
                rule.version(),
                Verdicts.ofPosition(rule, standing, position.terms(), assets),
                side,
                value,
                rule.condition() instanceof Condition.OracleGap
                        ? value.flatMap(Observations::room)
                        : distance(rule.condition(), standing),
                liquidation.filter(h -> h.range().isCertainlyLiquidatable()).isPresent(),
                liquidation.filter(h -> h.range().mayBeLiquidatable()).isPresent(),
                liquidation
                        .filter(h -> h.distance().low().compareTo(Life.SAFE_ROOM) >= 0)
                        .isPresent(),
                Legs.of(position.terms()),
                escalation(rule),
                false);
    }

    private static Optional<BigDecimal> distance(Condition condition, Standing standing) {
        return judged(Readings.judgement(condition, standing))
                .filter(any -> isOnHealth(condition))
                .flatMap(health -> health.distance().high());
    }

    /** It asks how near a position is to its liquidation, in whatever measure. */
    static boolean isOnHealth(Condition condition) {
        return condition instanceof Condition.OnPosition
                && !(condition instanceof Condition.FeedSkew || condition instanceof Condition.OracleGap);
    }

    /** The side of its limits on which a condition on a position is worse. */
    private static Side worse(Condition condition) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> Side.BELOW;
            case Condition.LoanToValue ignored -> Side.ABOVE;
            case Condition.CollateralRatio ignored -> Side.BELOW;
            case Condition.LiquidationDistance ignored -> Side.BELOW;
            case Condition.HealthDrop ignored -> Side.ABOVE;
            case Condition.TimeToLiquidation ignored -> Side.BELOW;
            case Condition.LiquidationProbability ignored -> Side.ABOVE;
            case Condition.OracleGap ignored -> Side.ABOVE;
            case Condition.FeedSkew ignored -> Side.ABOVE;
            case Condition.OnAsset ignored -> throw new IllegalArgumentException("a price is not a position's");
            case Condition.Blind ignored -> throw new IllegalArgumentException("blindness is an account's");
        };
    }

    /**
     * Of an asset, for a condition on it. It worsens each time what was told has doubled; a price and an age do not: what
     * they may come to has no end that is half-way nearer, and levels and repeats tell of them.
     */
    public static Observation ofAsset(
            Rule rule, Condition.OnAsset condition, Measure measure, Instant at, Instant unbrokenSince) {
        var limit = rule.levels().getFirst().limit();
        var side = limit instanceof Level.Limit.Below ? Side.BELOW : Side.ABOVE;
        var gauge = measure.of(limit);
        return new Observation(
                at,
                unbrokenSince,
                rule.version(),
                Verdicts.ofAsset(rule, condition, measure),
                side,
                agreed(gauge.shown(), side),
                doubles(condition) ? agreed(gauge.reading(), side).flatMap(Observations::room) : Optional.empty(),
                false,
                false,
                false,
                Legs.NONE,
                escalation(rule),
                false);
    }

    private static boolean doubles(Condition.OnAsset condition) {
        return switch (condition) {
            case Condition.PriceChange ignored -> true;
            case Condition.PriceDivergence ignored -> true;
            case Condition.Depeg ignored -> true;
            case Condition.AssetPrice ignored -> false;
            case Condition.PriceStale ignored -> false;
        };
    }

    private static Optional<BigDecimal> room(BigDecimal value) {
        return value.signum() == 0 ? Optional.empty() : Optional.of(WHOLE.divide(value, MathContext.DECIMAL64));
    }

    /** The value of a condition on an asset that leaves this room; for the book's bands. */
    public static BigDecimal valueWith(BigDecimal room) {
        return WHOLE.divide(room, MathContext.DECIMAL64);
    }

    static List<Duration> escalation(Rule rule) {
        return rule.escalation().stream().map(Escalation::after).toList();
    }

    private static Optional<Health> judged(Judgement judgement) {
        return judgement instanceof Judgement.Judged(var health) ? Optional.of(health) : Optional.empty();
    }

    /** The value no source contradicts: the mildest. */
    private static Optional<BigDecimal> agreed(Reading reading, Side side) {
        return reading instanceof Reading.Measured(var low, var high)
                ? (side == Side.BELOW ? high : Optional.of(low))
                : Optional.empty();
    }
}
