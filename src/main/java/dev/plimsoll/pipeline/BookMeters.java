package dev.plimsoll.pipeline;

import dev.plimsoll.book.Census;
import dev.plimsoll.wire.Level;
import io.micrometer.core.instrument.MeterRegistry;

/** How much this replica holds in memory. */
final class BookMeters {
    private final Level positions;
    private final Level rules;
    private final Level accounts;
    private final Level bytes;

    BookMeters(MeterRegistry registry) {
        this.positions = Level.of(registry, "plimsoll.book.positions");
        this.rules = Level.of(registry, "plimsoll.book.rules");
        this.accounts = Level.of(registry, "plimsoll.book.accounts");
        this.bytes = Level.of(registry, "plimsoll.book.bytes");
    }

    void show(Census census) {
        positions.set(census.positions());
        rules.set(census.rules());
        accounts.set(census.holders());
        bytes.set(census.columnBytes());
    }
}
