package dev.plimsoll.book;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Collects the values at which something changes, and ends as the band between the nearest two. Kept a billionth away from
 * each, which is more than the columns' doubles can be wrong by.
 */
final class Edges {
    private static final double MARGIN = 1e-9;

    private double from;
    private double to = Double.POSITIVE_INFINITY;
    private Instant end = Instant.MAX;

    /** Everything lies at or above this; a value below it is not known to be on the same side. */
    void above(double edge) {
        from = Math.max(from, edge * (1 + MARGIN));
    }

    /** Everything lies below this. */
    void below(double edge) {
        to = Math.min(to, edge * (1 - MARGIN));
    }

    /** Here the ends of what is possible lie on both sides, or nobody can say. */
    void across() {
        from = Double.POSITIVE_INFINITY;
    }

    /** By where both ends of what is possible lie; an empty high is infinite. What stands on the edge is on neither side. */
    void around(BigDecimal edge, BigDecimal low, Optional<BigDecimal> high) {
        if (low.compareTo(edge) > 0) {
            above(edge.doubleValue());
        } else if (high.isPresent() && high.get().compareTo(edge) < 0) {
            below(edge.doubleValue());
        } else {
            across();
        }
    }

    /** Known no longer than up to this instant. */
    void until(Instant instant) {
        end = end.isBefore(instant) ? end : instant;
    }

    Band band(Instant due) {
        return new Band(from, to, due.isBefore(end) ? due : end);
    }
}
