package dev.plimsoll.rule;

import dev.plimsoll.risk.Shown;
import dev.plimsoll.rule.Skew.Observed;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonObject;

/** What a feed skew is made of, as JSON. Rounded towards danger: more doubt, less distance. */
public final class SkewJson {
    private SkewJson() {}

    public static JsonObject write(Skew skew) {
        return new JsonObject()
                .put("oldest", write(skew.oldest()))
                .put("youngest", write(skew.youngest()))
                .put("driftPercent", Shown.percentUp(skew.driftPercent()).toPlainString())
                .put("bandPercent", Shown.percentUp(skew.bandPercent()).toPlainString())
                .put(
                        "distancePercent",
                        Shown.percentDown(skew.distancePercent()).toPlainString())
                .put("thin", skew.isThin());
    }

    private static JsonObject write(Observed observed) {
        return new JsonObject()
                .put("asset", observed.asset().symbol())
                .put("ageSeconds", observed.age().toSeconds())
                .put("bandBps", Decimals.plain(observed.bandBps()));
    }
}
