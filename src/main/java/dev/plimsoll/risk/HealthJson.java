package dev.plimsoll.risk;

import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The {@code health} block of API answers and webhook bodies alike; every figure rounded towards danger. */
public final class HealthJson {
    private HealthJson() {}

    /**
     * @param asOf      the tick's instant
     * @param lastKnown what {@link #lastKnown} wrote when the loan was last judged; only shown while it is unknown
     */
    public static JsonObject write(Standing standing, Instant asOf, Optional<JsonObject> lastKnown) {
        return switch (standing.protocol()) {
            case Judgement.Judged(var health) -> judged(health, standing);
            case Judgement.NoDebt(var health) -> noDebt(health, standing);
            case Judgement.Unknown(var why, var ignored) -> unknown(why, standing.market(), asOf, lastKnown);
        };
    }

    /** The few figures worth remembering for a time when the loan cannot be judged, with their instant. */
    public static JsonObject lastKnown(Health health) {
        var json = new JsonObject();
        health.healthFactor().shown().ifPresent(value -> json.put("healthFactor", text(value)));
        health.margin().ifPresentOrElse(margin -> MarginFiguresJson.write(json, margin), () -> sides(json, health));
        return json.put(
                        "distancePercent",
                        text(Shown.percentDown(health.distance().low())))
                .put("asOf", health.asOf().toString());
    }

    /** Of the protocol's price no figure at all; the market's factor is another judgement. */
    private static JsonObject unknown(String why, Judgement market, Instant asOf, Optional<JsonObject> lastKnown) {
        var json = new JsonObject().put("judgement", "unknown").put("why", why).put("asOf", asOf.toString());
        if (market instanceof Judgement.Judged) {
            market(json, market);
        }
        lastKnown.ifPresent(known -> json.put("lastKnown", known));
        return json;
    }

    private static JsonObject noDebt(Health health, Standing standing) {
        var json = new JsonObject().put("judgement", "no-debt").put("liquidatable", false);
        if (health.isPriced()) {
            values(json, health);
        }
        return json.put("withdrawable", list(health.withdrawable(), HealthJson::withdrawable))
                .put("asOf", health.asOf().toString())
                .put("prices", PricesJson.write(health, standing.word()));
    }

    private static JsonObject judged(Health health, Standing standing) {
        var factor = text(health.healthFactor().shown().orElseThrow());
        var json = new JsonObject()
                .put("judgement", "judged")
                .put("liquidatable", health.isLiquidatable())
                .put("healthFactor", factor);
        market(json, standing.market());
        json.put("range", range(health.range()));
        values(json, health);
        json.put("withdrawable", list(health.withdrawable(), HealthJson::withdrawable))
                .put(
                        "lossAtLiquidation",
                        text(Shown.usdUp(health.lossAtLiquidation().usd())))
                .put("liquidationPrices", list(health.liquidationPrices(), HealthJson::liquidationPrice))
                .put("relativePrices", list(health.relativePrices(), HealthJson::relativePrice));
        OutlookJson.write(json, health);
        return json.put("advice", advice(health))
                .put("asOf", health.asOf().toString())
                .put("prices", PricesJson.write(health, standing.word()));
    }

    private static void market(JsonObject json, Judgement market) {
        switch (market) {
            case Judgement.Judged(var health) ->
                json.put(
                        "marketHealthFactor",
                        health.healthFactor().shown().map(HealthJson::text).orElse(null));
            case Judgement.NoDebt ignored -> json.putNull("marketHealthFactor");
            case Judgement.Unknown(var why, var ignored) ->
                json.putNull("marketHealthFactor").put("marketWhy", why);
        }
    }

    private static void values(JsonObject json, Health health) {
        health.margin()
                .ifPresentOrElse(margin -> MarginFiguresJson.write(json, margin), () -> loanValues(json, health));
    }

    private static void sides(JsonObject json, Health health) {
        put(json, "loanToValue", health.loanToValue().map(Shown::ratioUp));
        json.put("collateralValue", text(Shown.usdDown(health.collateralValue())))
                .put("debtValue", text(Shown.usdUp(health.debtValue())));
    }

    private static void loanValues(JsonObject json, Health health) {
        sides(json, health);
        put(json, "collateralRatio", health.collateralRatio().map(Shown::ratioDown));
        json.put("equity", text(Shown.usdDown(health.equity())));
        put(json, "leverage", health.leverage().map(leverage -> leverage.setScale(2, RoundingMode.UP)));
        put(json, "maxBorrow", health.maxBorrow().map(Shown::usdDown));
    }

    private static JsonObject range(HealthRange range) {
        var json = new JsonObject();
        put(json, "low", range.low().shown());
        put(json, "high", range.high().shown());
        return json;
    }

    private static JsonObject withdrawable(Withdrawable withdrawable) {
        return new JsonObject()
                .put("asset", withdrawable.asset().symbol())
                .put("amount", Decimals.plain(withdrawable.amount()));
    }

    /** As it stands in {@code liquidationPrices}. */
    public static JsonObject liquidationPrice(LiquidationPrice price) {
        var json = new JsonObject()
                .put("asset", price.asset().symbol())
                .put("direction", price.direction() == LiquidationPrice.Direction.BELOW ? "below" : "above");
        put(json, "alone", price.alone().map(alone -> Shown.price(alone, price.direction())));
        put(json, "together", price.together().map(together -> Shown.price(together, price.direction())));
        return json.put("distancePercent", text(Shown.percentDown(price.distancePercent())));
    }

    private static JsonObject relativePrice(RelativePrice price) {
        return new JsonObject()
                .put("asset", price.asset().symbol())
                .put("in", price.in().symbol())
                .put("price", text(Shown.price(price.price(), LiquidationPrice.Direction.BELOW)))
                .put("distancePercent", text(Shown.percentDown(price.distancePercent())));
    }

    private static JsonObject advice(Health health) {
        var advice = health.advice();
        var loss = advice.ifNothing();
        var json = new JsonObject().put("loss", text(Shown.usdUp(loss.usd())));
        if (health.margin().isEmpty()) {
            json.put("bonus", Decimals.plain(loss.bonus()));
        }
        loss.closeFactor().ifPresent(part -> json.put("closeFactor", Decimals.plain(part)));
        if (loss.assumed()) {
            json.put("assumed", "the position does not say its liquidation bonus");
        }
        return new JsonObject()
                .put("targetHealthFactor", text(Shown.atLeastTwoDecimals(advice.targetHealthFactor())))
                .put("options", list(advice.options(), HealthJson::option))
                .put("ifNothing", json);
    }

    private static JsonObject option(Advice.Option option) {
        var json = new JsonObject()
                .put("do", verb(option))
                .put("asset", option.asset().symbol())
                .put("amount", Decimals.plain(option.amount()));
        if (option instanceof Advice.Option.Reduce reduce) {
            json.put("side", reduce.side().name().toLowerCase(Locale.ROOT));
        }
        put(json, "healthFactorAfter", option.healthFactorAfter().shown().map(Shown::atLeastTwoDecimals));
        return json;
    }

    private static String verb(Advice.Option option) {
        return switch (option) {
            case Advice.Option.Repay ignored -> "repay";
            case Advice.Option.Add ignored -> "add";
            case Advice.Option.AddMargin ignored -> "add-margin";
            case Advice.Option.Reduce ignored -> "reduce";
        };
    }

    private static <T> JsonArray list(List<T> items, Function<T, JsonObject> write) {
        return new JsonArray(items.stream().map(write).toList());
    }

    private static void put(JsonObject json, String field, Optional<BigDecimal> value) {
        value.ifPresent(number -> json.put(field, text(number)));
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }
}
