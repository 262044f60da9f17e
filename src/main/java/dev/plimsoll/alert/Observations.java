package dev.plimsoll.alert;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Readings;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.Threshold.Side;
import dev.plimsoll.rule.Verdicts;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes observations of what a tick judged. */
public final class Observations {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100_000);

    private Observations() {}

    /** Of a position, for the conditions {@code health-factor} and {@code liquidation-distance}. */
    public static Observation ofPosition(
            Rule rule,
            Position position,
            Judgement judgement,
            AssetRegistry assets,
            Instant at,
            Instant unbrokenSince) {
        var health = judged(judgement);
        return new Observation(
                at,
                unbrokenSince,
                rule.version(),
                Verdicts.ofPosition(rule, judgement, position.loan(), assets),
                agreed(Readings.ofPosition(rule.condition(), judgement), Side.BELOW),
                health.flatMap(h -> h.distance().high()),
                health.filter(h -> h.range().isCertainlyLiquidatable()).isPresent(),
                health.filter(h -> h.range().mayBeLiquidatable()).isPresent(),
                Legs.of(position.loan()));
    }

    /** Of an asset, for the condition {@code price}. */
    public static Observation ofPrice(Rule rule, Asset asset, MarketSnapshot market, Instant unbrokenSince) {
        var side = rule.levels().getFirst().limit() instanceof Level.Limit.Above ? Side.ABOVE : Side.BELOW;
        return new Observation(
                market.tick().at(),
                unbrokenSince,
                rule.version(),
                Verdicts.ofPrice(rule, asset, market),
                agreed(Readings.ofPrice(asset, market), side),
                Optional.empty(),
                false,
                false,
                Legs.NONE);
    }

    /**
     * Of the positions of an account that cannot be judged, for the condition {@code blind}. It worsens when they have
     * become twice as many. Its value is the nearest last distance, so that a restart does not forget it.
     *
     * @param blind empty when all are judged
     */
    public static Observation ofBlindness(Rule rule, List<Blindness> blind, Instant at, Instant unbrokenSince) {
        return new Observation(
                at,
                unbrokenSince,
                rule.version(),
                Verdicts.ofBlindness(rule, blind),
                blind.stream().flatMap(one -> one.lastDistance().stream()).min(BigDecimal::compareTo),
                blind.isEmpty()
                        ? Optional.empty()
                        : Optional.of(WHOLE.divide(BigDecimal.valueOf(blind.size()), MathContext.DECIMAL64)),
                false,
                false,
                Legs.NONE);
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
