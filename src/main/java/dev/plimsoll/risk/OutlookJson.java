package dev.plimsoll.risk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** What may become of a position, inside its {@code health} block; every figure rounded towards danger. */
final class OutlookJson {
    /** For how long ahead the chance to touch liquidation is shown. */
    private static final Duration DAY = Duration.ofHours(24);

    private static final BigDecimal MINUTES_A_DAY = BigDecimal.valueOf(DAY.toMinutes());

    private OutlookJson() {}

    static void write(JsonObject json, Health health) {
        health.timeToLiquidation().ifPresent(time -> json.put("timeToLiquidation", time.toString()));
        health.outlook()
                .map(outlook -> touch(outlook.chance(DAY), outlook))
                .ifPresent(touch -> json.put("touchProbability", touch));
        json.put(
                "badDebtPrices",
                new JsonArray(health.aftermath().badDebtPrices().stream()
                        .map(HealthJson::liquidationPrice)
                        .toList()));
        var aftermath = health.aftermath();
        aftermath
                .spiralBelow()
                .ifPresent(factor -> json.put("spiral", spiral(factor, aftermath.spiralsAt(health.healthFactor()))));
    }

    /** With the estimate it stands on: what the latest minutes, weighted by their age, come to in a day. */
    private static JsonObject touch(BigDecimal chance, Outlook outlook) {
        var perDay = BigDecimal.valueOf(outlook.deviation()).multiply(MINUTES_A_DAY.sqrt(MathContext.DECIMAL64));
        return new JsonObject()
                .put("within", DAY.toString())
                .put("value", chance.toPlainString())
                .put(
                        "volatilityPercentPerDay",
                        perDay.movePointRight(2).setScale(2, RoundingMode.UP).toPlainString());
    }

    /** @param factor at or below which each partial liquidation makes the next one likelier */
    private static JsonObject spiral(BigDecimal factor, boolean reached) {
        return new JsonObject()
                .put("healthFactor", Shown.ratioUp(factor).toPlainString())
                .put("reached", reached);
    }
}
