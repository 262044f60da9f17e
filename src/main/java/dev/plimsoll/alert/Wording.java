package dev.plimsoll.alert;

import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.risk.Terms;

/** Why an alert was resolved, in the words of who lends or of who trades perpetual contracts. */
enum Wording {
    /** Also of what is no position. */
    LENDING(" after a repayment", " after more collateral"),
    PERPETUAL(" after a leg was closed or made smaller", " after margin was added");

    private final String owingLess;
    private final String holdingMore;

    Wording(String owingLess, String holdingMore) {
        this.owingLess = owingLess;
        this.holdingMore = holdingMore;
    }

    static Wording of(Terms terms) {
        return switch (terms) {
            case Loan ignored -> LENDING;
            case Margin ignored -> PERPETUAL;
        };
    }

    /** To stand behind "Resolved". */
    String because(Because because) {
        return switch (because) {
            case PRICE_RECOVERED -> "";
            case REPAID -> owingLess;
            case COLLATERAL_ADDED -> holdingMore;
            case LIQUIDATED -> " by a liquidation";
            case CLOSED -> ", as the position is closed";
            case RULE_CHANGED -> ", as the rule was changed";
            case RULE_DELETED -> ", as the rule was deleted";
            case POSITION_DELETED -> ", as the position was deleted";
            case CONFIRMED -> ", as it was confirmed";
        };
    }
}
