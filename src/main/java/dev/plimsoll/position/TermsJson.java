package dev.plimsoll.position;

import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;
import io.vertx.core.json.JsonObject;

/** What a position stands on as JSON, the same in the database and in answers; its kind is written beside it. */
public final class TermsJson {
    private TermsJson() {}

    public static JsonObject write(Terms terms) {
        return switch (terms) {
            case Loan loan -> LoanJson.write(loan);
            case Margin margin -> MarginJson.write(margin);
        };
    }

    /** @param kind what {@link Terms#kind} said of what {@link #write} wrote */
    public static Terms read(String kind, JsonObject json) {
        return switch (kind) {
            case Loan.KIND -> LoanJson.read(json);
            case Margin.KIND -> MarginJson.read(json);
            default -> throw new IllegalArgumentException("a position of kind " + kind + " has no form");
        };
    }
}
