package dev.plimsoll.alert;

import dev.plimsoll.risk.Health;
import dev.plimsoll.rule.Skew;
import dev.plimsoll.rule.Skew.Observed;

/** How far apart in time the prices were observed that a position stands on, and what that means for it. */
final class SkewText {
    private SkewText() {}

    /** @param name of the position, in its owner's words */
    static AssetTale of(String name, Health health) {
        return Skew.of(health).map(skew -> of(name, skew)).orElseGet(() -> {
            var unknown = "nobody can say when the prices were observed that %s stands on.".formatted(name);
            return new AssetTale(Character.toUpperCase(unknown.charAt(0)) + unknown.substring(1), "", unknown);
        });
    }

    private static AssetTale of(String name, Skew skew) {
        var apart = "he prices of %s and %s that %s stands on are %s apart (%s, %s)"
                .formatted(
                        skew.youngest().asset(),
                        skew.oldest().asset(),
                        name,
                        Readable.duration(skew.apart()),
                        old(skew.youngest()),
                        old(skew.oldest()));
        var standing =
                "T%s; in that time they may have moved %s %%, the feeds are only as exact as %s %%, and liquidation is %s %% away."
                        .formatted(
                                apart,
                                Readable.doubt(skew.driftPercent()),
                                Readable.doubt(skew.bandPercent()),
                                Readable.shortDistance(skew.distancePercent()));
        var meaning = "When the price of %s moves on, %s may be liquidated at once."
                .formatted(skew.oldest().asset(), name);
        return new AssetTale(
                standing,
                meaning,
                "t%s, and liquidation is %s %% away.".formatted(apart, Readable.shortDistance(skew.distancePercent())));
    }

    private static String old(Observed observed) {
        return "%s %s old".formatted(observed.asset(), Readable.duration(observed.age()));
    }
}
