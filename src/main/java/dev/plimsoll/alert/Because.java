package dev.plimsoll.alert;

import java.util.Locale;

/** Why an alert was resolved, as {@code resolvedBecause} in the API. */
public enum Because {
    PRICE_RECOVERED,
    REPAID,
    COLLATERAL_ADDED,
    CLOSED,
    RULE_CHANGED,
    RULE_DELETED,
    POSITION_DELETED;

    /** {@code price-recovered} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
