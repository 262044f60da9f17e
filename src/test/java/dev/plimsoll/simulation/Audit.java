package dev.plimsoll.simulation;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.delivery.VirtualOutbox.Delivery;
import dev.plimsoll.simulation.Street.Receipt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The accounts after the storm: what was due, what arrived, what is shown. */
final class Audit {
    private final World world;
    private final Store store;
    private final Market market;
    private final Street street;
    private final Referee referee;

    Audit(World world, Store store, Market market, Street street, Referee referee) {
        this.world = world;
        this.store = store;
        this.market = market;
        this.street = street;
        this.referee = referee;
    }

    /** Nothing waits, and every alert is as it must be. */
    boolean isSettled() {
        return store.outbox().committedQueue().isEmpty()
                && store.rules().committed().stream().allMatch(this::isJudged);
    }

    private boolean isJudged(Watched rule) {
        var open = store.alerts().committed().stream()
                .filter(alert -> alert.key().equals(rule.key()) && alert.state().isOpen())
                .toList();
        var phase = open.isEmpty() ? Phase.RESOLVED : open.getFirst().state().phase();
        return open.size() < 2 && rule.agrees(phase, market.healthFactor(rule.position()));
    }

    /** It should have settled long ago. */
    void complain() {
        var waiting = store.outbox().committedQueue();
        var wrong = store.rules().committed().stream()
                .filter(rule -> !isJudged(rule))
                .map(rule -> "%s at %d".formatted(rule, market.healthFactor(rule.position())))
                .toList();
        throw new Violation("never settles: waiting " + waiting + ", judged wrongly " + wrong);
    }

    void close() {
        var deliveries = store.outbox().committedDeliveries();
        var byNotice = deliveries.stream()
                .collect(Collectors.groupingBy(row -> row.notice().id()));
        store.outbox().committedNotices().forEach(notice -> {
            if (!byNotice.containsKey(notice.id())) {
                throw new Violation(
                        "of notice %s of alert %s there is no delivery".formatted(notice.type(), notice.alert()));
            }
        });
        var receipts = street.receipts();
        var arrived = receipts.stream().map(it -> it.claim().id()).collect(Collectors.toSet());
        deliveries.forEach(row -> check(row, deliveries, arrived));
        inOrder(receipts);
    }

    private void check(Delivery row, List<Delivery> all, Set<UUID> arrived) {
        var fine = switch (row.state()) {
            case "delivered" -> arrived.contains(row.id());
            case "superseded" -> all.stream().anyMatch(later -> tellsOf(later, row));
            default -> !row.state().equals("pending");
        };
        if (!fine) {
            throw new Violation(Referee.words(row) + " is lost: it is said to be " + row.state());
        }
    }

    private static boolean tellsOf(Delivery later, Delivery row) {
        return later.notice().alert().equals(row.notice().alert())
                && later.channel().equals(row.channel())
                && later.notice().sequence().orElse(0) > row.notice().sequence().orElse(0)
                && later.replaced()
                        .contains(new Replaced(row.notice().type(), row.notice().at()));
    }

    /** Of what a courier sent while its lease ran. */
    private void inOrder(List<Receipt> receipts) {
        Map<List<Object>, Integer> last = new HashMap<>();
        var seen = new HashSet<UUID>();
        for (var receipt : receipts) {
            var row = receipt.claim().delivery();
            var first = seen.add(row.id());
            var late = receipt.at() > receipt.claim().leasedUntil();
            if (first && !late && row.notice().alert().isPresent() && !referee.wasRedelivered(row.id())) {
                var place = List.<Object>of(
                        row.notice().alert().get(), row.channel().orElseThrow());
                var sequence = row.notice().sequence().orElseThrow();
                if (last.getOrDefault(place, 0) > sequence) {
                    throw new Violation(Referee.words(row) + " arrives after a newer one");
                }
                last.put(place, sequence);
            }
        }
    }
}
