package dev.plimsoll.rule;

import dev.plimsoll.unit.Asset;
import java.time.Duration;
import java.util.Optional;

/** What a rule asks; its levels say from where on it matters. */
public sealed interface Condition {

    /** Judged position by position: an alert for each. */
    sealed interface OnPosition extends Condition {}

    /** Judged by the market alone: one alert, however many positions hold the asset. */
    sealed interface OnAsset extends Condition {
        Asset asset();
    }

    /** The health factor is below a level. */
    record HealthFactor(Basis basis) implements OnPosition {}

    /** Debt over collateral is above a level, as a plain ratio: 0.75 is 75 %. */
    record LoanToValue() implements OnPosition {}

    /** Collateral over debt is below a level, as a plain ratio: 1.5 is 150 %. */
    record CollateralRatio() implements OnPosition {}

    /**
     * Liquidation is nearer than a level, in percent of the price.
     *
     * @param asset this asset's own liquidation price; empty means the nearest of all-together and every debt side
     */
    record LiquidationDistance(Optional<Asset> asset) implements OnPosition {}

    /**
     * The health factor fell by more than a level, in percent, from its highest within the time before, both on the legs of
     * today: what the owner did since is no fall.
     *
     * @param within back from now, in whole minutes and rounded outwards
     */
    record HealthDrop(Duration within) implements OnPosition {}

    /** Interest alone, at the rates of today, reaches liquidation within the time that a level says. */
    record TimeToLiquidation() implements OnPosition {}

    /**
     * The chance that prices touch liquidation within a time, by their realised volatility, is above a level: 0.05 is 5 %.
     *
     * @param within from now
     */
    record LiquidationProbability(Duration within) implements OnPosition {}

    /**
     * The prices that a position stands on were observed farther apart in time than a level, and liquidation is nearer
     * than they may have moved in that time.
     */
    record FeedSkew() implements OnPosition {}

    /**
     * The health factor on the protocol's price is farther from the one on the market's than a level, in basis points of
     * the market's, on either side.
     */
    record OracleGap() implements OnPosition {}

    /** The price of an asset is above or below a level. */
    record AssetPrice(Asset asset) implements OnAsset {}

    /**
     * The price moved by more than a level, in percent, from the most extreme it was within the time before.
     *
     * @param within back from now, in whole minutes and rounded outwards
     */
    record PriceChange(Asset asset, Direction direction, Duration within) implements OnAsset {}

    /**
     * A source is farther from the median of the other families than a level, in basis points.
     *
     * @param source only this one; empty means the farthest
     */
    record PriceDivergence(Asset asset, Optional<String> source) implements OnAsset {}

    /**
     * A feed has had no news for longer than a level.
     *
     * @param source only this one; empty means any that ever had news of the asset
     */
    record PriceStale(Asset asset, Optional<String> source) implements OnAsset {}

    /**
     * The price is farther from another than a level, in basis points, on either side.
     *
     * @param of the asset it should be worth as much as; empty means one US dollar
     */
    record Depeg(Asset asset, Optional<Asset> of) implements OnAsset {}

    /** A position could not be judged for as long as a level says. */
    record Blind() implements Condition {}

    /** Which way a price moved. */
    enum Direction {
        /** From the highest price of the time to now, in percent of the highest. */
        DOWN,
        /** From the lowest price of the time to now, in percent of the lowest. */
        UP,
        /** The larger of both. */
        EITHER
    }

    /** Which price a health factor stands on. */
    enum Basis {
        /** What the protocol itself liquidates on; for a declared position the market's. */
        PROTOCOL,
        MARKET
    }
}
