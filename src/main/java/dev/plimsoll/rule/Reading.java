package dev.plimsoll.rule;

import java.math.BigDecimal;
import java.util.Optional;

/** What a condition measures, at both ends of what the prices may be. */
public sealed interface Reading {

    /**
     * A health factor or another plain ratio, a distance in percent, or a price in US dollars.
     *
     * @param low  the smallest value the sources allow
     * @param high the largest; empty means unbounded
     */
    record Measured(BigDecimal low, Optional<BigDecimal> high) implements Reading {}

    /** Nothing is owed, or no move of this price can liquidate: above every limit. */
    record OutOfReach() implements Reading {}

    /**
     * The condition says nothing of such a position: neither breached nor unknown.
     *
     * @param why a sentence without its full stop: "perpetual contracts have no loan-to-value"
     */
    record Inapplicable(String why) implements Reading {}

    /** It could not be measured at all. */
    record Unreadable(String why) implements Reading {}
}
