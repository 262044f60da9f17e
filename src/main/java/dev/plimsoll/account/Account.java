package dev.plimsoll.account;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who is warned.
 *
 * @param timezone what times in messages are told in
 * @param version  rises by one with every write; the ETag
 */
public record Account(UUID id, String name, Optional<String> email, ZoneId timezone, Instant createdAt, long version) {}
