package dev.plimsoll.rule;

import dev.plimsoll.position.Position;
import dev.plimsoll.unit.Asset;
import java.util.UUID;

/** What a rule looks at. */
public sealed interface Watches {

    /** Every position of the account, present and future. */
    record All() implements Watches {}

    record OnePosition(UUID position) implements Watches {}

    /** Positions that carry this label with this value. */
    record Labelled(String label, String value) implements Watches {}

    record OneAsset(Asset asset) implements Watches {}

    /** Whether this position is among what is watched. */
    default boolean covers(Position position) {
        return switch (this) {
            case All() -> true;
            case OnePosition(var id) -> id.equals(position.id());
            case Labelled(var label, var value) ->
                value.equals(position.labels().get(label));
            case OneAsset(var asset) -> position.terms().assets().contains(asset);
        };
    }
}
