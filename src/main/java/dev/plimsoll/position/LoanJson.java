package dev.plimsoll.position;

import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.risk.LiquidationThreshold.Notation;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Loan.Collateral;
import dev.plimsoll.risk.Loan.Debt;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Decimals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A declared loan as JSON, the same in the database and in answers: decimals are strings, and each threshold stands in
 * the notation it was given in.
 */
public final class LoanJson {
    private LoanJson() {}

    public static JsonObject write(Loan loan) {
        var json = new JsonObject()
                .put("collateral", array(loan.collateral(), LoanJson::write))
                .put("debt", array(loan.debt(), LoanJson::write));
        loan.priceSource().ifPresent(source -> json.put("priceSource", source));
        loan.closeFactor().ifPresent(part -> json.put("closeFactor", Decimals.plain(part)));
        return json;
    }

    /** What {@link #write(Loan)} wrote. */
    public static Loan read(JsonObject json) {
        return new Loan(
                objects(json, "collateral").map(LoanJson::collateral).toList(),
                objects(json, "debt").map(LoanJson::debt).toList(),
                Optional.ofNullable(json.getString("priceSource")),
                number(json, "closeFactor"));
    }

    /** The field in which a threshold of this notation is written. */
    public static String field(Notation notation) {
        return switch (notation) {
            case LIQUIDATION_THRESHOLD -> "liquidationThreshold";
            case LIQUIDATION_RATIO -> "liquidationRatio";
            case MAINTENANCE_MARGIN -> "maintenanceMargin";
        };
    }

    private static JsonObject write(Collateral leg) {
        var json = amount(leg.asset(), leg.amount())
                .put(
                        field(leg.threshold().notation()),
                        Decimals.plain(leg.threshold().given()));
        leg.loanToValue().ifPresent(value -> json.put("loanToValue", Decimals.plain(value)));
        leg.liquidationBonus().ifPresent(value -> json.put("liquidationBonus", Decimals.plain(value)));
        leg.annualRate().ifPresent(value -> json.put("annualRate", Decimals.plain(value)));
        return json;
    }

    private static JsonObject write(Debt leg) {
        var json = amount(leg.asset(), leg.amount());
        leg.annualRate().ifPresent(value -> json.put("annualRate", Decimals.plain(value)));
        return json;
    }

    private static JsonObject amount(Asset asset, BigDecimal amount) {
        return new JsonObject().put("asset", asset.symbol()).put("amount", Decimals.plain(amount));
    }

    private static Collateral collateral(JsonObject json) {
        return new Collateral(
                asset(json),
                number(json, "amount").orElseThrow(),
                threshold(json),
                number(json, "loanToValue"),
                number(json, "liquidationBonus"),
                number(json, "annualRate"));
    }

    private static Debt debt(JsonObject json) {
        return new Debt(asset(json), number(json, "amount").orElseThrow(), number(json, "annualRate"));
    }

    private static LiquidationThreshold threshold(JsonObject json) {
        return Stream.of(Notation.values())
                .flatMap(notation ->
                        number(json, field(notation)).map(given -> new LiquidationThreshold(notation, given)).stream())
                .findFirst()
                .orElseThrow();
    }

    private static Asset asset(JsonObject json) {
        return new Asset(json.getString("asset"));
    }

    private static Optional<BigDecimal> number(JsonObject json, String field) {
        return Optional.ofNullable(json.getString(field)).map(BigDecimal::new);
    }

    private static <T> JsonArray array(List<T> legs, Function<T, JsonObject> write) {
        return new JsonArray(legs.stream().map(write).toList());
    }

    private static Stream<JsonObject> objects(JsonObject json, String field) {
        return json.getJsonArray(field).stream().map(JsonObject.class::cast);
    }
}
