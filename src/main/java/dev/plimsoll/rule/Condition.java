package dev.plimsoll.rule;

import dev.plimsoll.unit.Asset;
import java.util.Optional;

/** What a rule asks; its levels say from where on it matters. */
public sealed interface Condition {

    /** The health factor is below a level. */
    record HealthFactor(Basis basis) implements Condition {}

    /**
     * Liquidation is nearer than a level, in percent of the price.
     *
     * @param asset this asset's own liquidation price; empty means the nearest of all-together and every debt side
     */
    record LiquidationDistance(Optional<Asset> asset) implements Condition {}

    /** The price of an asset is above or below a level. */
    record AssetPrice(Asset asset) implements Condition {}

    /** A position could not be judged for as long as a level says. */
    record Blind() implements Condition {}

    /** Which price a health factor stands on. */
    enum Basis {
        /** What the protocol itself liquidates on; for a declared position the market's. */
        PROTOCOL,
        MARKET
    }
}
