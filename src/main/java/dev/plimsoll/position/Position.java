package dev.plimsoll.position;

import dev.plimsoll.risk.Loan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A watched position of an account.
 *
 * @param key                the user's own name for it, unique in the account
 * @param targetHealthFactor what advice aims at; empty means the default
 * @param legsSince          since when the loan is what it is; interest on debt counts from here
 * @param version            rises by one with every write; the ETag
 */
public record Position(
        UUID id,
        UUID account,
        Optional<String> key,
        String name,
        Map<String, String> labels,
        Loan loan,
        Optional<BigDecimal> targetHealthFactor,
        Instant legsSince,
        Instant createdAt,
        long version) {
    public Position {
        labels = Map.copyOf(labels);
    }
}
