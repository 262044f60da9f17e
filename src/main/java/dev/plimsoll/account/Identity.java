package dev.plimsoll.account;

import java.util.UUID;

/** Whose an accepted API key is, and what it may do. */
public record Identity(UUID key, UUID account, Scope scope) {}
