package dev.plimsoll.risk;

import io.vertx.core.json.JsonObject;
import java.math.RoundingMode;

/** What the {@code health} block says of perpetual contracts in place of a loan's values; rounded towards danger. */
final class MarginFiguresJson {
    private MarginFiguresJson() {}

    static void write(JsonObject json, MarginFigures margin) {
        margin.marginRatio().map(Shown::ratioDown).ifPresent(ratio -> json.put("marginRatio", ratio.toPlainString()));
        json.put("equity", Shown.usdDown(margin.equity()).toPlainString())
                .put(
                        "unrealizedProfit",
                        Shown.usdDown(margin.unrealizedProfit()).toPlainString())
                .put("notional", Shown.usdUp(margin.notional()).toPlainString())
                .put(
                        "maintenanceMargin",
                        Shown.usdUp(margin.maintenanceMargin()).toPlainString())
                .put("closingFee", Shown.usdUp(margin.closingFee()).toPlainString());
        margin.leverage()
                .map(leverage -> leverage.setScale(2, RoundingMode.UP))
                .ifPresent(leverage -> json.put("leverage", leverage.toPlainString()));
    }
}
