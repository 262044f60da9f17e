package dev.plimsoll.rule;

import dev.plimsoll.risk.LiquidationPrice;
import dev.plimsoll.risk.LiquidationPrice.Direction;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Instant;

/** What would make a level fire, everything else as it is. */
public sealed interface Trigger {

    /** A price of one of a position's assets. */
    record OfLoan(LiquidationPrice price) implements Trigger {}

    /**
     * The price of an asset.
     *
     * @param usd             beyond it, in this direction, the level is breached
     * @param distancePercent from now; zero when it is there
     */
    record AtPrice(Asset asset, Direction direction, BigDecimal usd, BigDecimal distancePercent) implements Trigger {}

    /** What one source says of the asset, while the others stay. */
    record AtQuote(String source, Direction direction, BigDecimal usd) implements Trigger {}

    /** When one source has had no news for too long, if none comes. */
    record AtTime(String source, Instant at) implements Trigger {}
}
