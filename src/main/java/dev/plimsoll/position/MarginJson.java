package dev.plimsoll.position;

import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Margin.Leg;
import dev.plimsoll.risk.Margin.Side;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Locale;

/** Perpetual contracts on one margin as JSON, the same in the database and in answers; decimals are strings. */
final class MarginJson {
    private MarginJson() {}

    static JsonObject write(Margin margin) {
        return new JsonObject()
                .put(
                        "legs",
                        new JsonArray(
                                margin.legs().stream().map(MarginJson::write).toList()))
                .put("margin", Decimals.plain(margin.balance()))
                .put("maintenanceMarginRate", Decimals.plain(margin.maintenanceRate()))
                .put("closingFeeRate", Decimals.plain(margin.closingFeeRate()))
                .put("fundingOwed", Decimals.plain(margin.fundingOwed()));
    }

    /** What {@link #write(Margin)} wrote. */
    static Margin read(JsonObject json) {
        return new Margin(
                json.getJsonArray("legs").stream()
                        .map(JsonObject.class::cast)
                        .map(MarginJson::leg)
                        .toList(),
                number(json, "margin"),
                number(json, "maintenanceMarginRate"),
                number(json, "closingFeeRate"),
                number(json, "fundingOwed"));
    }

    private static JsonObject write(Leg leg) {
        return new JsonObject()
                .put("asset", leg.asset().symbol())
                .put("side", leg.side().name().toLowerCase(Locale.ROOT))
                .put("size", Decimals.plain(leg.size()))
                .put("entryPrice", Decimals.plain(leg.entryPrice()));
    }

    private static Leg leg(JsonObject json) {
        return new Leg(
                new Asset(json.getString("asset")),
                Side.valueOf(json.getString("side").toUpperCase(Locale.ROOT)),
                number(json, "size"),
                number(json, "entryPrice"));
    }

    private static BigDecimal number(JsonObject json, String field) {
        return new BigDecimal(json.getString(field));
    }
}
