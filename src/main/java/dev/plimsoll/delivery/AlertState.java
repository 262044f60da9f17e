package dev.plimsoll.delivery;

import dev.plimsoll.rule.Severity;
import java.time.Instant;
import java.util.Optional;

/**
 * How an alert stands now. All times by the watch's clock.
 *
 * @param since        of its last change
 * @param snoozedUntil where the last that happened is that it was snoozed
 * @param by           what whoever acknowledged or snoozed it last said: who they are, or why
 */
public record AlertState(
        Severity severity,
        Instant since,
        Optional<Instant> acknowledged,
        Optional<Instant> snoozedUntil,
        Optional<String> by,
        Optional<Instant> resolved) {

    /** Without what was said with it: that is for the account's own. */
    public AlertState unsaid() {
        return new AlertState(severity, since, acknowledged, snoozedUntil, Optional.empty(), resolved);
    }

    public boolean isFiring() {
        return resolved.isEmpty();
    }

    /** Whether nobody has taken it up. */
    public boolean isUntaken() {
        return acknowledged.isEmpty() && snoozedUntil.isEmpty();
    }
}
