package dev.plimsoll.alert;

import dev.plimsoll.risk.Standing;

/** Which of its two prices a sentence about a position goes by. */
final class BasisText {
    private BasisText() {}

    /** {@code the price of kraken} */
    static String price(Standing standing) {
        return standing.priceSource().map(source -> "the price of " + source).orElse("the protocol's price");
    }
}
