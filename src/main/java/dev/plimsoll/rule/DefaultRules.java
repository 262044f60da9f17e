package dev.plimsoll.rule;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What every account starts with, so that nobody is left unwarned. */
public final class DefaultRules {
    private DefaultRules() {}

    /** The rules {@code warning}, {@code critical} and {@code blind} on all positions, on every active channel. */
    public static List<Rule> of(UUID account, Instant createdAt) {
        throw new UnsupportedOperationException("not written yet");
    }
}
