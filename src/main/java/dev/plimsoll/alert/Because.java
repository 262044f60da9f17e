package dev.plimsoll.alert;

import java.util.Locale;

/** Why an alert was resolved, as {@code resolvedBecause} in the API. */
public enum Because {
    PRICE_RECOVERED,
    REPAID,
    COLLATERAL_ADDED,
    /** What was at stake is gone, wholly or in part: no good news. */
    LIQUIDATED,
    CLOSED,
    RULE_CHANGED,
    RULE_DELETED,
    POSITION_DELETED,
    /** Its owner has seen it, and there is nothing more to it. */
    CONFIRMED;

    /** {@code price-recovered} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
