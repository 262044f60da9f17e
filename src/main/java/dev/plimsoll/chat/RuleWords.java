package dev.plimsoll.chat;

import dev.plimsoll.alert.Readable;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Decimals;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule in a line. */
final class RuleWords {
    private RuleWords() {}

    /** {@code liquidation is nearer: warning by the assets' usual moves} */
    static String of(Rule rule) {
        var levels = rule.levels().stream()
                .map(level ->
                        level.severity().name().toLowerCase(Locale.ROOT) + " " + limit(level.limit(), rule.condition()))
                .collect(Collectors.joining(", "));
        return condition(rule.condition()) + ": " + levels;
    }

    private static String condition(Condition condition) {
        return switch (condition) {
            case Condition.OnPosition position -> position(position);
            case Condition.OnAsset asset -> asset(asset);
            case Condition.Blind() -> "a position that cannot be judged";
        };
    }

    private static String position(Condition.OnPosition condition) {
        return switch (condition) {
            case Condition.HealthFactor(var basis) ->
                basis == Condition.Basis.MARKET ? "the health factor on market prices" : "the health factor";
            case Condition.LoanToValue() -> "the loan-to-value";
            case Condition.CollateralRatio() -> "the collateral ratio";
            case Condition.LiquidationDistance(var asset) ->
                "how far liquidation is" + asset.map(it -> " by " + it).orElse("");
            case Condition.HealthDrop(var within) -> "the health factor's fall within " + Readable.duration(within);
            case Condition.TimeToLiquidation() -> "the time until interest alone liquidates";
            case Condition.LiquidationProbability(var within) ->
                "the chance of touching liquidation within " + Readable.duration(within);
            case Condition.FeedSkew() -> "prices observed at different times";
            case Condition.OracleGap() -> "the gap between the protocol's price and the market's";
        };
    }

    private static String asset(Condition.OnAsset condition) {
        return switch (condition) {
            case Condition.AssetPrice(var asset) -> "the price of " + asset;
            case Condition.PriceChange(var asset, var direction, var within) ->
                "the price of " + asset + " moving " + direction.name().toLowerCase(Locale.ROOT) + " within "
                        + Readable.duration(within);
            case Condition.PriceDivergence(var asset, var source) -> "how far the sources of " + asset + " are apart";
            case Condition.PriceStale(var asset, var source) -> "no news of the price of " + asset;
            case Condition.Depeg(var asset, var of) ->
                "how far " + asset + " is from " + of.map(Object::toString).orElse("1 USD");
        };
    }

    private static String limit(Level.Limit limit, Condition condition) {
        return switch (limit) {
            case Level.Limit.Below(var value) -> "below " + figure(value, condition);
            case Level.Limit.Above(var value) -> "above " + figure(value, condition);
            case Level.Limit.Percent(var value) -> "nearer than " + Decimals.plain(value) + " %";
            case Level.Limit.Moved(var percent) -> "by more than " + Decimals.plain(percent) + " %";
            case Level.Limit.Bps(var value) -> "beyond " + Decimals.plain(value) + " basis points";
            case Level.Limit.After(var time) -> "after " + Readable.duration(time);
            case Level.Limit.Within(var time) -> "in less than " + Readable.duration(time);
            case Level.Limit.Auto() -> "as suits its assets";
        };
    }

    private static String figure(BigDecimal value, Condition condition) {
        var isRatio = condition instanceof Condition.LoanToValue
                || condition instanceof Condition.CollateralRatio
                || condition instanceof Condition.LiquidationProbability;
        return isRatio ? Decimals.plain(value.movePointRight(2)) + " %" : Decimals.plain(value);
    }
}
