package dev.plimsoll.rule;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.risk.Peak;
import dev.plimsoll.rule.Measure.Gauge;
import dev.plimsoll.rule.Reading.Measured;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a condition reads, as JSON: its unit, the ends of what the sources allow, and whose it is. Nothing but the unit where
 * it cannot be measured, or where it is beyond every limit.
 */
public final class ReadingJson {
    private static final MathContext DOWN = new MathContext(16, RoundingMode.DOWN);
    private static final MathContext UP = new MathContext(16, RoundingMode.UP);

    private ReadingJson() {}

    public static JsonObject write(Condition condition, Gauge gauge) {
        var json = write(condition, gauge.shown());
        gauge.feed().map(Voice::source).ifPresent(source -> json.put("source", source));
        return json;
    }

    public static JsonObject write(Condition condition, Reading reading) {
        var json = new JsonObject().put("unit", unit(condition));
        return switch (reading) {
            case Measured(var low, var high) -> measured(json, low, high);
            case Reading.OutOfReach ignored -> json;
            case Reading.Inapplicable(var why) -> json.put("why", why);
            case Reading.Unreadable(var why) -> json.put("why", why);
        };
    }

    /** Rounded down, as every health factor is. */
    public static JsonObject write(Peak peak) {
        var json = new JsonObject().put("at", peak.at().toString());
        peak.healthFactor().shown().ifPresent(factor -> json.put("healthFactor", factor.toPlainString()));
        return json;
    }

    private static JsonObject measured(JsonObject json, BigDecimal low, Optional<BigDecimal> high) {
        json.put("low", Decimals.plain(low.round(DOWN)));
        high.ifPresent(it -> json.put("high", Decimals.plain(it.round(UP))));
        return json;
    }

    /** In a word. */
    public static String unit(Condition condition) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> "healthFactor";
            case Condition.LoanToValue ignored -> "ratio";
            case Condition.CollateralRatio ignored -> "ratio";
            case Condition.LiquidationDistance ignored -> "percent";
            case Condition.HealthDrop ignored -> "percent";
            case Condition.TimeToLiquidation ignored -> "seconds";
            case Condition.LiquidationProbability ignored -> "probability";
            case Condition.AssetPrice ignored -> "usd";
            case Condition.PriceChange ignored -> "percent";
            case Condition.PriceDivergence ignored -> "bps";
            case Condition.PriceStale ignored -> "seconds";
            case Condition.Depeg ignored -> "bps";
            case Condition.OracleGap ignored -> "bps";
            case Condition.FeedSkew ignored -> "seconds";
            case Condition.Blind ignored -> "positions";
        };
    }
}
