package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Fanout.Held;
import dev.plimsoll.delivery.Fanout.Place;
import dev.plimsoll.delivery.Fanout.Planned;
import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.simulation.Plant;
import dev.plimsoll.simulation.Refused;
import dev.plimsoll.simulation.Step;
import dev.plimsoll.simulation.Table;
import dev.plimsoll.simulation.Transaction;
import dev.plimsoll.simulation.VirtualDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tables {@code notice}, {@code delivery}, {@code queue} and {@code channel}, as {@code Outbox} writes them. Where a
 * notice goes {@link Fanout} itself decides. Times are milliseconds of database time.
 */
public final class VirtualOutbox {
    final Table<UUID, Notice> notices = new Table<>("notice");
    final Table<UUID, Delivery> deliveries = new Table<>("delivery");
    final Table<UUID, Queued> queue = new Table<>("queue");
    final Table<UUID, Hook> channels = new Table<>("channel");
    final Plant plant;
    private final VirtualDatabase database;

    public record Hook(UUID id, UUID account, boolean active) {}

    /** @param slot empty when it is done */
    public record Delivery(
            UUID id,
            Notice notice,
            Optional<UUID> channel,
            String state,
            Optional<String> slot,
            List<Replaced> replaced,
            int attempts) {
        Delivery now(String newer, Optional<String> place, int claims) {
            return new Delivery(id, notice, channel, newer, place, replaced, claims);
        }

        Optional<Place> place() {
            return notice.alert().flatMap(alert -> channel.map(to -> new Place(alert, to)));
        }
    }

    public record Queued(
            UUID delivery,
            UUID channel,
            int priority,
            long dueAt,
            OptionalLong restUntil,
            OptionalLong leasedUntil,
            int attempt,
            int tries) {
        boolean isLeased(long at) {
            return leasedUntil.isPresent() && leasedUntil.getAsLong() > at;
        }
    }

    public VirtualOutbox(VirtualDatabase database, Plant plant) {
        this.database = database;
        this.plant = plant;
    }

    public void channel(Transaction tx, Hook hook) {
        channels.put(tx, hook.id(), hook);
    }

    /** {@code Outbox.put}, statement by statement. */
    public Step put(Transaction tx, List<Notice> put, Supplier<Step> then) {
        if (put.isEmpty()) {
            return then.get();
        }
        return () -> {
            put.forEach(notice -> insert(tx, notice));
            return () -> look(tx, put, active(tx), then);
        };
    }

    private void insert(Transaction tx, Notice notice) {
        var taken = notices.rows(
                tx,
                row -> row.alert().isPresent()
                        && row.alert().equals(notice.alert())
                        && row.sequence().equals(notice.sequence()));
        if (!taken.isEmpty() && !taken.getFirst().id().equals(notice.id())) {
            throw new Refused(Refused.Why.TAKEN, "notice_alert_sequence_key");
        }
        notice.alert().ifPresent(alert -> tx.lock("alert_share", alert));
        notices.put(tx, notice.id(), notice);
    }

    private Map<UUID, List<Hearer>> active(Transaction tx) {
        return channels.rows(tx, Hook::active).stream()
                .sorted(Comparator.comparing(Hook::id))
                .collect(Collectors.groupingBy(
                        Hook::account,
                        Collectors.mapping(hook -> new Hearer(hook.id(), type -> true), Collectors.toList())));
    }

    private Step look(Transaction tx, List<Notice> put, Map<UUID, List<Hearer>> active, Supplier<Step> then) {
        var first = new OpenLook(this, tx, put);
        return () -> {
            var seen = first.locked();
            if (plant == Plant.OPEN_READ_ONCE) {
                return () -> plan(tx, put, active, seen, then);
            }
            var second = new OpenLook(this, tx, put);
            return () -> {
                var locked = second.locked();
                return () -> plan(tx, put, active, locked, then);
            };
        };
    }

    private Step plan(
            Transaction tx, List<Notice> put, Map<UUID, List<Hearer>> active, List<Held> open, Supplier<Step> then) {
        var alerts = put.stream().flatMap(notice -> notice.alert().stream()).collect(Collectors.toSet());
        var next = open.isEmpty()
                ? List.<Held>of()
                : deliveries
                        .rows(
                                tx,
                                row -> row.slot().filter("next"::equals).isPresent()
                                        && row.notice()
                                                .alert()
                                                .filter(alerts::contains)
                                                .isPresent())
                        .stream()
                        .map(row -> held(row, false, OptionalLong.empty()))
                        .toList();
        var plan = Fanout.plan(put, active, open, next);
        return () -> {
            write(tx, plan);
            return then.get();
        };
    }

    Held held(Delivery row, boolean leased, OptionalLong rest) {
        return new Held(
                row.id(),
                row.place().orElseThrow(),
                leased && plant != Plant.LEASED_GIVES_WAY,
                row.notice().type(),
                row.notice().at(),
                row.replaced(),
                new Timing(
                        rest.isPresent() ? Optional.of(instant(rest.getAsLong())) : Optional.empty(),
                        Optional.empty()));
    }

    private void write(Transaction tx, Fanout.Plan plan) {
        plan.superseded().forEach(id -> tx.lock(deliveries, id));
        plan.planned().forEach(planned -> lockPlaces(tx, planned));
        plan.superseded().forEach(id -> supersede(tx, id));
        plan.planned().stream()
                .sorted(Comparator.comparing((Planned one) -> one.notice().id())
                        .thenComparing(one -> one.channel().orElse(one.notice().id())))
                .forEach(planned -> insert(tx, planned));
    }

    private static void lockPlaces(Transaction tx, Planned planned) {
        planned.slot()
                .ifPresent(slot -> planned.notice()
                        .alert()
                        .ifPresent(alert -> tx.lock(
                                "delivery_" + slot,
                                new Place(alert, planned.channel().orElseThrow()))));
    }

    /** {@code OutboxRows.supersede}. */
    private void supersede(Transaction tx, UUID id) {
        var row = deliveries.find(tx, id).orElseThrow();
        var claims = queue.find(tx, id).map(Queued::attempt).filter(it -> plant != Plant.ATTEMPTS_FORGOTTEN);
        queue.delete(tx, id);
        deliveries.put(tx, id, row.now("superseded", Optional.empty(), claims.orElse(row.attempts())));
    }

    private void insert(Transaction tx, Planned planned) {
        var row = new Delivery(
                database.nextId(),
                planned.notice(),
                planned.channel(),
                planned.state(),
                planned.slot(),
                planned.replaced(),
                0);
        store(tx, row);
        if (planned.slot().filter("open"::equals).isPresent()) {
            enqueue(tx, row, rest(planned.timing()));
        }
    }

    /** The database allows one open and one next for an alert and a channel. */
    void store(Transaction tx, Delivery row) {
        var taken = deliveries.rows(
                tx,
                other -> !other.id().equals(row.id())
                        && row.slot().isPresent()
                        && other.slot().equals(row.slot())
                        && row.place().isPresent()
                        && other.place().equals(row.place()));
        if (!taken.isEmpty()) {
            throw new Refused(Refused.Why.TAKEN, "delivery_" + row.slot().orElseThrow() + "_key");
        }
        deliveries.put(tx, row.id(), row);
    }

    static Optional<Long> rest(Timing timing) {
        return timing.restUntil().map(rest -> rest.toInstant().toEpochMilli());
    }

    void enqueue(Transaction tx, Delivery row, Optional<Long> rest) {
        var due = Math.max(tx.now(), rest.orElse(tx.now()));
        queue.put(
                tx,
                row.id(),
                new Queued(
                        row.id(),
                        row.channel().orElseThrow(),
                        Urgency.priority(row.notice().type(), row.notice().severity()),
                        due,
                        rest.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                        OptionalLong.empty(),
                        row.attempts(),
                        0));
    }

    /** {@code Reach.delivery}: sends it again, unless it or a newer message of its alert is on its way. */
    public boolean redeliver(Transaction tx, UUID id) {
        tx.lock(deliveries, id);
        var row = deliveries.find(tx, id).orElseThrow();
        row.notice().alert().ifPresent(alert -> tx.lock("alert_share", alert));
        var active = row.channel()
                .flatMap(to -> channels.find(tx, to))
                .filter(Hook::active)
                .isPresent();
        var pending = deliveries.rows(
                tx,
                other -> other.slot().isPresent()
                        && (other.id().equals(id)
                                || row.place().isPresent() && other.place().equals(row.place())));
        if (!active || !pending.isEmpty()) {
            return false;
        }
        var again = row.now("pending", Optional.of("open"), row.attempts());
        row.place().ifPresent(place -> tx.lock("delivery_open", place));
        store(tx, again);
        enqueue(tx, again, Optional.empty());
        return true;
    }

    public List<Delivery> committedDeliveries() {
        return deliveries.committed();
    }

    public List<Notice> committedNotices() {
        return notices.committed();
    }

    public List<Queued> committedQueue() {
        return queue.committed();
    }

    public List<Hook> committedChannels() {
        return channels.committed();
    }

    UUID nextId() {
        return database.nextId();
    }

    static OffsetDateTime instant(long millis) {
        return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC);
    }
}
