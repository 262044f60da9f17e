package dev.plimsoll.position;

import dev.plimsoll.risk.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A position as its owner writes it.
 *
 * @param legsSince since when the terms are what they are, by the watch's clock
 */
public record PositionDraft(
        Optional<String> key,
        String name,
        Map<String, String> labels,
        Terms terms,
        Optional<BigDecimal> targetHealthFactor,
        Instant legsSince) {
    public PositionDraft {
        labels = Map.copyOf(labels);
    }

    public static PositionDraft of(Position position) {
        return new PositionDraft(
                position.key(),
                position.name(),
                position.labels(),
                position.terms(),
                position.targetHealthFactor(),
                position.legsSince());
    }

    /** The position it would be, for a question about it: of nobody, and never stored. */
    public Position unstored() {
        var nobody = new UUID(0, 0);
        return new Position(nobody, nobody, key, name, labels, terms, targetHealthFactor, legsSince, legsSince, 1);
    }
}
