package dev.plimsoll.alert;

import dev.plimsoll.risk.Cause;
import dev.plimsoll.unit.Asset;
import java.util.Optional;
import java.util.UUID;

/** What an alert is about. Together with its rule it names at most one unresolved alert. */
public sealed interface Subject {

    record OfPosition(UUID id) implements Subject {}

    record OfAsset(Asset asset) implements Subject {}

    /** Those positions of the alert's own account that cannot be judged for this cause. */
    record OfAccount(Cause cause) implements Subject {}

    /** Nothing at all: a {@link Drill} shows how its owner would be told. The watch knows no such alerts. */
    record OfDrill(UUID id) implements Subject {}

    /** {@code position:<uuid>}, {@code asset:<symbol>}, {@code account:<cause>} or {@code drill:<uuid>}, as in the database. */
    default String text() {
        return switch (this) {
            case OfPosition(var id) -> "position:" + id;
            case OfAsset(var asset) -> "asset:" + asset;
            case OfAccount(var cause) -> "account:" + cause.text();
            case OfDrill(var id) -> "drill:" + id;
        };
    }

    /** What {@link #text} wrote. */
    static Subject parse(String text) {
        var colon = text.indexOf(':');
        return switch (colon < 0 ? text : text.substring(0, colon)) {
            case "position" -> new OfPosition(UUID.fromString(text.substring(colon + 1)));
            case "asset" -> new OfAsset(new Asset(text.substring(colon + 1)));
            case "account" -> new OfAccount(Cause.parse(text.substring(colon + 1)));
            case "drill" -> new OfDrill(UUID.fromString(text.substring(colon + 1)));
            default -> throw new IllegalArgumentException("an alert is about no " + text);
        };
    }

    default Optional<UUID> position() {
        return this instanceof OfPosition(var id) ? Optional.of(id) : Optional.empty();
    }
}
