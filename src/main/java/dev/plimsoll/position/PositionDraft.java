package dev.plimsoll.position;

import dev.plimsoll.risk.Terms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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
}
