package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Fanout.Held;
import dev.plimsoll.delivery.VirtualOutbox.Delivery;
import dev.plimsoll.delivery.VirtualOutbox.Queued;
import dev.plimsoll.simulation.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * {@code Outbox.open}: {@code select … for update of q}. What it looks for is settled when it begins; each row is then
 * locked, and looked at again where the lock had to be waited for. Rows that came meanwhile are not seen.
 */
final class OpenLook {
    private final VirtualOutbox outbox;
    private final Transaction tx;
    private final List<Notice> put;
    private Optional<List<UUID>> candidates = Optional.empty();

    OpenLook(VirtualOutbox outbox, Transaction tx, List<Notice> put) {
        this.outbox = outbox;
        this.tx = tx;
        this.put = put;
    }

    List<Held> locked() {
        if (candidates.isEmpty()) {
            candidates = Optional.of(candidates());
        }
        candidates.get().forEach(id -> tx.lock(outbox.queue, id));
        return candidates.get().stream()
                .flatMap(id -> outbox.queue.find(tx, id).stream())
                .map(this::held)
                .toList();
    }

    private List<UUID> candidates() {
        var alerts = put.stream().flatMap(notice -> notice.alert().stream()).collect(Collectors.toSet());
        return outbox
                .queue
                .rows(
                        tx,
                        row -> delivery(row)
                                .filter(it -> it.slot().filter("open"::equals).isPresent())
                                .filter(it -> it.notice()
                                        .alert()
                                        .filter(alerts::contains)
                                        .isPresent())
                                .isPresent())
                .stream()
                .map(Queued::delivery)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private Held held(Queued row) {
        return outbox.held(delivery(row).orElseThrow(), row.isLeased(tx.clock()), row.restUntil());
    }

    private Optional<Delivery> delivery(Queued row) {
        return outbox.deliveries.find(tx, row.delivery());
    }
}
