package dev.plimsoll.alert;

import dev.plimsoll.rule.Watches;
import java.time.Instant;

/** A silence as its owner asks for it. */
public record SilenceDraft(Watches watches, Instant from, Instant until, String reason, boolean evenLiquidatable) {}
