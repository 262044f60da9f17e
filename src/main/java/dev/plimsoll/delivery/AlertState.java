package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * How an alert stands now. All times by the watch's clock.
 *
 * @param moved        its last change for worse or better since it was told
 * @param snoozedUntil where the last that happened is that it was snoozed
 * @param by           what whoever acknowledged or snoozed it last said: who they are, or why
 */
public record AlertState(
        Severity severity,
        Optional<Moved> moved,
        Optional<Instant> acknowledged,
        Optional<Instant> snoozedUntil,
        Optional<String> by,
        Optional<Instant> resolved) {

    /** @param healthFactor where the alert is on a loan of which one is known */
    public record Moved(boolean worse, Instant at, Optional<BigDecimal> healthFactor) {

        private Moved unsaid() {
            return new Moved(worse, at, Optional.empty());
        }
    }

    /** Without what was said with it and without figures: those are for the account's own. */
    public AlertState unsaid() {
        return new AlertState(
                severity, moved.map(Moved::unsaid), acknowledged, snoozedUntil, Optional.empty(), resolved);
    }

    public boolean isFiring() {
        return resolved.isEmpty();
    }

    /** Whether nobody has taken it up. */
    public boolean isUntaken() {
        return acknowledged.isEmpty() && snoozedUntil.isEmpty();
    }
}
