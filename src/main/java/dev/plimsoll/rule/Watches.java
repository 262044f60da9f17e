package dev.plimsoll.rule;

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
}
