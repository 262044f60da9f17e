package dev.plimsoll.alert;

import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.rule.Condition.Depeg;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Condition.PriceChange;
import dev.plimsoll.rule.Measure.Gauge;
import dev.plimsoll.rule.Reading.Measured;
import dev.plimsoll.unit.Asset;

/** How far a price is from where it was, or from where it should be. */
final class MoveText {
    private MoveText() {}

    static AssetTale change(PriceChange condition, Gauge gauge, AssetReadings readings) {
        var within = Readable.duration(condition.within());
        var now = price(condition.asset(), readings);
        if (!(gauge.reading() instanceof Measured(var low, var high))) {
            return unknown(condition.asset());
        }
        var down = way(condition, readings) == Direction.DOWN;
        var extremes = readings.extremes(condition);
        var standing = "%s %s %s %% within %s, from %s to %s."
                .formatted(
                        condition.asset(),
                        down ? "fell" : "rose",
                        Readable.distance(low),
                        within,
                        PriceText.usd(down ? extremes.highestLow() : extremes.lowestHigh()),
                        now);
        var meaning = down
                ? "Loans that hold it as collateral came nearer to liquidation: look at theirs."
                : "Loans that owe it came nearer to liquidation: look at theirs.";
        var calm = "%s has moved no more than %s %% within %s and is at %s."
                .formatted(condition.asset(), Readable.distance(high.orElse(low)), within, now);
        return new AssetTale(standing, meaning + remark(condition.asset(), readings), calm);
    }

    /** Which way it went, or went farther. */
    private static Direction way(PriceChange condition, AssetReadings readings) {
        if (condition.direction() != Direction.EITHER) {
            return condition.direction();
        }
        var fall = readings.moved(condition, Direction.DOWN);
        var rise = readings.moved(condition, Direction.UP);
        return fall.low().compareTo(rise.low()) >= 0 ? Direction.DOWN : Direction.UP;
    }

    static AssetTale depeg(Depeg condition, Gauge gauge, AssetReadings readings) {
        if (!(gauge.reading() instanceof Measured(var low, var high))) {
            return unknown(condition.asset());
        }
        var below = isBelow(condition, readings);
        var peg = condition
                .of()
                .map(asset -> asset + " (" + price(asset, readings) + ")")
                .orElse("1 USD");
        var now = price(condition.asset(), readings);
        var standing = "%s is at %s, %s bps %s %s."
                .formatted(condition.asset(), now, Readable.bps(low), below ? "below" : "above", peg);
        var meaning = below
                ? "As collateral it covers that much less than it seems, whatever a protocol's own price says."
                : "Who owes it owes that much more than it seems, whatever a protocol's own price says.";
        var calm =
                "%s is at %s, %s bps from %s.".formatted(condition.asset(), now, Readable.bps(high.orElse(low)), peg);
        return new AssetTale(standing, meaning + remark(condition.asset(), readings), calm);
    }

    private static boolean isBelow(Depeg condition, AssetReadings readings) {
        return readings.market()
                        .range(condition.asset())
                        .low()
                        .compareTo(readings.reference(condition).low())
                < 0;
    }

    private static AssetTale unknown(Asset asset) {
        var words = "%s has no believable price now.".formatted(asset);
        return new AssetTale(words, "", words);
    }

    private static String price(Asset asset, AssetReadings readings) {
        return readings.market().of(asset).map(PriceText::price).orElse("an unknown price");
    }

    private static String remark(Asset asset, AssetReadings readings) {
        return readings.market()
                .of(asset)
                .flatMap(PriceText::remark)
                .map(words -> " " + words)
                .orElse("");
    }
}
