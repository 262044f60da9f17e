package dev.plimsoll.alert;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A drill as its owner asks for it. See {@link Drill}. */
public record DrillDraft(Optional<UUID> rule, Instant dueAt, Optional<DrillWindow> window) {}
