package dev.plimsoll.account;

import java.util.Optional;
import java.util.UUID;

/**
 * Whose an accepted API key is, and what it may do.
 *
 * @param suspended why the operator lets none of its keys in; empty while it may come in
 */
public record Identity(UUID key, UUID account, Scope scope, Optional<String> suspended) {}
