package dev.plimsoll.oracle.source;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one answer cost us.
 *
 * @param bytes that came off the socket
 * @param cpu   of receiving and reading it, which is done on event loops; never asserted, since others may run there too
 */
record Cost(String lie, long bytes, Duration cpu) {

    /** Of an ask that took several requests. */
    static Cost of(Lie lie, long bytes, Duration cpu, int requests) {
        return new Cost(lie.name(), bytes / requests, cpu.dividedBy(requests));
    }

    /** A line to print; empty when there was nothing. */
    static Optional<String> worst(String source, List<Cost> costs) {
        return costs.stream()
                .max(comparing(Cost::bytes))
                .flatMap(largest -> costs.stream()
                        .max(comparing(Cost::cpu))
                        .map(slowest -> "%s: %d lies; at most %,d bytes (%s) and %.1f ms of CPU (%s) for one answer"
                                .formatted(
                                        source,
                                        costs.size(),
                                        largest.bytes(),
                                        largest.lie(),
                                        slowest.cpu().toNanos() / 1e6,
                                        slowest.lie())));
    }
}
