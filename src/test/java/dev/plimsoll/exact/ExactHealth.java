package dev.plimsoll.exact;

import static dev.plimsoll.exact.Fraction.ONE;
import static dev.plimsoll.exact.Fraction.ZERO;

import dev.plimsoll.exact.ExactLoan.Held;
import dev.plimsoll.exact.ExactLoan.Side;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code health} block that a loan in fractions must have, each figure with the rounding that is promised for it. */
record ExactHealth(ExactLoan loan, Fraction target) {
    private static final Fraction HUNDRED = Fraction.of(100);

    JsonObject json() {
        return loan.owed().isEmpty() ? noDebt() : judged();
    }

    private JsonObject noDebt() {
        return values(new JsonObject().put("judgement", "no-debt").put("liquidatable", false));
    }

    private JsonObject judged() {
        var low = loan.lowest();
        var json = new JsonObject()
                .put("judgement", "judged")
                .put("liquidatable", low.compareTo(ONE) < 0)
                .put("healthFactor", low.floor(4))
                .put("marketHealthFactor", low.floor(4))
                .put(
                        "range",
                        new JsonObject()
                                .put("low", low.floor(4))
                                .put("high", loan.highest().floor(4)))
                .put("liquidationPrices", liquidationPrices())
                .put("relativePrices", relativePrices())
                .put("advice", new JsonObject().put("options", options()));
        return values(json);
    }

    private JsonObject values(JsonObject json) {
        var collateral = loan.collateralValue();
        var debt = loan.debtValue();
        var equity = collateral.minus(debt);
        json.put("collateralValue", collateral.floor(2))
                .put("debtValue", debt.ceil(2))
                .put("equity", equity.floor(2))
                .put("loanToValue", debt.over(collateral).ceil(4))
                .put(
                        "collateralRatio",
                        debt.signum() == 0 ? null : collateral.over(debt).floor(4))
                .put("leverage", equity.signum() > 0 ? collateral.over(equity).ceil(2) : null)
                .put("maxBorrow", loan.room().map(room -> room.floor(2)).orElse(null))
                .put("withdrawable", withdrawable());
        return json;
    }

    private JsonArray withdrawable() {
        var all = new JsonArray();
        for (var leg : loan.held()) {
            var amount = loan.withdrawable(leg, target)
                    .floor(loan.sides().get(leg.asset()).quote().decimals());
            all.add(new JsonObject().put("asset", leg.asset()).put("amount", plain(amount)));
        }
        return all;
    }

    private JsonArray liquidationPrices() {
        var all = new JsonArray();
        for (var side : loan.sides().values()) {
            var alone = loan.alone(side);
            var together = loan.together(side);
            if (alone.isPresent() || together.isPresent()) {
                var below = side.net().signum() > 0;
                var nearest = nearest(
                        alone.or(() -> together).orElseThrow(),
                        together.or(() -> alone).orElseThrow(),
                        below);
                all.add(new JsonObject()
                        .put("asset", side.asset())
                        .put("direction", below ? "below" : "above")
                        .put("alone", alone.map(price -> shown(price, below)).orElse(null))
                        .put(
                                "together",
                                together.map(price -> shown(price, below)).orElse(null))
                        .put("distancePercent", distance(side.danger(), nearest, below)));
            }
        }
        return all;
    }

    private static Fraction nearest(Fraction one, Fraction other, boolean below) {
        return below ? one.max(other) : one.min(other);
    }

    private static String distance(Fraction now, Fraction then, boolean below) {
        var way = below ? now.minus(then) : then.minus(now);
        return way.max(ZERO).times(HUNDRED).over(now).floor(2);
    }

    private JsonArray relativePrices() {
        var all = new JsonArray();
        for (var collateral : loan.sides().values()) {
            for (var debt : loan.sides().values()) {
                if (collateral.net().signum() > 0
                        && debt.net().signum() < 0
                        && (!debt.quote().stable() || collateral.movesWith(debt))) {
                    loan.alone(collateral)
                            .map(alone -> new JsonObject()
                                    .put("asset", collateral.asset())
                                    .put("in", debt.asset())
                                    .put("price", shown(alone.over(debt.danger()), true))
                                    .put("distancePercent", distance(collateral.danger(), alone, true)))
                            .ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private JsonArray options() {
        var missing = loan.missing(target);
        var all = new ArrayList<JsonObject>();
        if (missing.signum() > 0) {
            loan.sides().values().forEach(side -> repay(side, missing).ifPresent(all::add));
            loan.held().forEach(leg -> all.add(add(leg, missing)));
        }
        return new JsonArray(List.copyOf(all));
    }

    private Optional<JsonObject> repay(Side side, Fraction missing) {
        if (side.owed().signum() == 0) {
            return Optional.empty();
        }
        var relief =
                side.weighted().signum() > 0 ? side.quote().low() : side.quote().high();
        var decimals = side.quote().decimals();
        var amount = missing.over(target.times(relief)).ceil(decimals);
        return Fraction.of(amount).compareTo(Fraction.of(side.owed().ceil(decimals))) > 0
                ? Optional.empty()
                : Optional.of(option("repay", side, amount, side.with(ZERO, Fraction.of(amount))));
    }

    private JsonObject add(Held leg, Fraction missing) {
        var side = loan.sides().get(leg.asset());
        var amount = missing.over(side.quote().low().times(leg.weight()))
                .ceil(side.quote().decimals());
        return option("add", side, amount, side.with(Fraction.of(amount).times(leg.weight()), ZERO));
    }

    /** Each alone reaches the target, or this recomputation is wrong too. */
    private JsonObject option(String what, Side side, String amount, Side changed) {
        var json = new JsonObject().put("do", what).put("asset", side.asset()).put("amount", plain(amount));
        var left = loan.with(changed);
        if (left.debtValue().signum() > 0) {
            var after = left.lowest();
            if (after.compareTo(target) < 0) {
                throw new AssertionError(what + " " + amount + " " + side.asset() + " does not reach the target");
            }
            json.put("healthFactorAfter", atLeastTwoDecimals(after.floor(4)));
        }
        return json;
    }

    /** Five digits, cents at least; towards today's price. */
    private static String shown(Fraction price, boolean up) {
        var decimals = Math.max(2, 5 - price.wholeDigits());
        return up ? price.ceil(decimals) : price.floor(decimals);
    }

    private static String plain(String decimal) {
        var number = new BigDecimal(decimal);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static String atLeastTwoDecimals(String decimal) {
        var number = new BigDecimal(decimal).stripTrailingZeros();
        return number.setScale(Math.max(2, number.scale())).toPlainString();
    }
}
