package dev.plimsoll.alert;

import dev.plimsoll.rule.Watches;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The owner's wish not to be told of something for a while.
 *
 * @param watches          what it covers; an asset stands for the alerts about its price, never for positions that hold it
 * @param from             inclusive, by the watch's clock
 * @param until            exclusive; what was not told meanwhile and still fires is told then
 * @param evenLiquidatable whether also that a position is, or may have been, liquidated
 */
public record Silence(
        UUID id,
        UUID account,
        Watches watches,
        Instant from,
        Instant until,
        String reason,
        boolean evenLiquidatable,
        Instant createdAt) {
    public Silence {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("a silence ends after it begins, was from " + from + " until " + until);
        }
    }

    public boolean isActive(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    /** @param labels of the position that the subject is; empty for every other subject */
    public boolean covers(Subject subject, Map<String, String> labels) {
        return switch (watches) {
            case Watches.All() -> true;
            case Watches.OnePosition(var id) ->
                subject.position().filter(id::equals).isPresent();
            case Watches.Labelled(var label, var value) ->
                subject.position().isPresent() && value.equals(labels.get(label));
            case Watches.OneAsset(var asset) -> subject.equals(new Subject.OfAsset(asset));
        };
    }
}
