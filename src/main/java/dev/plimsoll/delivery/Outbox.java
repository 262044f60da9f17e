package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Fanout.Held;
import dev.plimsoll.delivery.Fanout.Place;
import dev.plimsoll.delivery.Fanout.Planned;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where notices wait until they are delivered: written in the transaction of what they tell of, so that neither is
 * there without the other.
 */
@Singleton
public final class Outbox {
    private static final int CHUNK = 1_000;
    private static final Integer FIRST = 1;

    private final OutboxRows rows;
    private final Reach reach;
    private final Hearers hearers;
    private final Kinds kinds;

    @Inject
    Outbox(OutboxRows rows, Reach reach, Hearers hearers, Kinds kinds) {
        this.rows = rows;
        this.reach = reach;
        this.hearers = hearers;
        this.kinds = kinds;
    }

    /** What became of asking for a delivery again. */
    public enum Redelivery {
        QUEUED,
        /** It, or a newer message of its alert, is on its way to this channel. */
        PENDING_ALREADY,
        CHANNEL_NOT_ACTIVE,
        /** It was for no channel, or for one that is gone: there is nowhere to send it. */
        NO_CHANNEL,
        NOT_FOUND
    }

    /**
     * Writes notices and one delivery for each channel they are for; a notice that reaches no channel is kept as
     * suppressed, with its reason.
     *
     * @param tx      the transaction that writes what the notices tell of
     * @param notices in the order they happened; those of one alert by their sequence
     */
    public Uni<Void> put(SqlConnection tx, List<Notice> notices) {
        return Multi.createFrom()
                .iterable(chunks(notices))
                .onItem()
                .transformToUniAndConcatenate(chunk -> putChunk(tx, chunk))
                .onItem()
                .ignoreAsUni();
    }

    /**
     * Delivers to a channel the alerts still firing of which nobody was told.
     *
     * @param tx      in or after the transaction that made the channel active, of its account or of the engine
     * @param channel active now
     * @return how many
     */
    public Uni<Integer> reach(SqlConnection tx, UUID channel) {
        return reach.newChannel(tx, channel);
    }

    /**
     * The same for all channels that became active while nobody asked for it: the process died in between.
     *
     * @param tx a transaction of the engine
     * @return how many
     */
    public Uni<Integer> reachMissed(SqlConnection tx) {
        return reach.missed(tx);
    }

    /**
     * Sends one delivery again, now, with its own id and body; its attempts count on.
     *
     * @param tx a transaction of the delivery's account, or of the engine
     */
    public Uni<Redelivery> redeliver(SqlConnection tx, UUID delivery) {
        return reach.delivery(tx, delivery);
    }

    /**
     * Sends again what failed on a channel; of each alert the last message only.
     *
     * @param tx    a transaction of the channel's account, or of the engine
     * @param since counted by when it failed
     * @return how many
     */
    public Uni<Integer> redeliverFailed(SqlConnection tx, UUID channel, OffsetDateTime since) {
        return reach.failed(tx, channel, since);
    }

    private Uni<Void> putChunk(SqlConnection tx, List<Notice> notices) {
        return hearers.hearOn(tx, notices).chain(all -> write(tx, all));
    }

    private Uni<Void> write(SqlConnection tx, List<Notice> notices) {
        return rows.insertNotices(tx, notices).chain(() -> deliver(tx, notices));
    }

    /** To the channels these notices name now; they are kept already. */
    Uni<Void> deliver(SqlConnection tx, List<Notice> kept) {
        return activeChannels(tx, kept)
                .chain(channels -> plan(tx, kept, channels))
                .chain(plan -> write(tx, plan));
    }

    private static List<List<Notice>> chunks(List<Notice> notices) {
        return IntStream.iterate(0, from -> from < notices.size(), from -> from + CHUNK)
                .mapToObj(from -> notices.subList(from, Math.min(notices.size(), from + CHUNK)))
                .toList();
    }

    private Hearer hearer(Row row) {
        var kind = row.getString("kind");
        return new Hearer(
                row.getUUID("id"),
                type -> kinds.wants(kind, type),
                Optional.ofNullable(row.getArrayOfUUIDs("only_of")).map(Set::of));
    }

    /**
     * Read after the notices' rows locked their accounts, see {@link Reach}. None of them can be deleted before what goes
     * there is committed; one that is being deleted counts as gone, and is not waited for: its deletion waits for rows
     * of the queue that this transaction may hold.
     */
    private Uni<Map<UUID, List<Hearer>>> activeChannels(SqlConnection tx, List<Notice> notices) {
        return tx.preparedQuery("""
                        select c.id, c.account_id, c.kind,
                               case when c.buddy is not null
                                    then array(select distinct d.alert_id
                                               from delivery d
                                               where d.alert_id = any($2) and d.channel_id = c.id) end as only_of
                        from channel c
                        where c.account_id = any($1) and c.state = 'active'
                        order by c.id
                        for key share of c skip locked""")
                .execute(Tuple.of(
                        notices.stream().map(Notice::account).distinct().toArray(UUID[]::new), alerts(notices)))
                .map(found -> found.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("account_id"),
                                Collectors.mapping(this::hearer, Collectors.toList()))));
    }

    private static Uni<Fanout.Plan> plan(SqlConnection tx, List<Notice> notices, Map<UUID, List<Hearer>> active) {
        var alerts = alerts(notices);
        return alerts.length == 0
                ? Uni.createFrom().item(Fanout.plan(notices, active, List.of(), List.of()))
                : plan(tx, notices, active, alerts);
    }

    /** Those that were told of before. */
    private static UUID[] alerts(List<Notice> notices) {
        return notices.stream()
                .filter(notice -> notice.sequence().filter(FIRST::equals).isEmpty())
                .flatMap(notice -> notice.alert().stream())
                .distinct()
                .toArray(UUID[]::new);
    }

    /** @param alerts of which there may be deliveries: those that were told of before */
    private static Uni<Fanout.Plan> plan(
            SqlConnection tx, List<Notice> notices, Map<UUID, List<Hearer>> active, UUID[] alerts) {
        return open(tx, alerts)
                .chain(locked ->
                        open(tx, alerts)) // a courier may have opened the next one while the lock was waited for
                .chain(open -> (open.isEmpty() ? Uni.createFrom().item(List.<Held>of()) : next(tx, alerts))
                        .map(next -> Fanout.plan(notices, active, open, next)));
    }

    /** Locks them: no courier claims or records one until this transaction ends. */
    private static Uni<List<Held>> open(SqlConnection tx, UUID[] alerts) {
        return tx.preparedQuery("""
                        select d.id, d.alert_id, d.channel_id, d.replaced, n.type, n.at, q.rest_until, q.failover_at,
                               coalesce(q.leased_until > clock_timestamp(), false) as leased
                        from queue q
                        join delivery d on d.id = q.delivery_id
                        join notice n on n.id = d.notice_id
                        where d.alert_id = any($1) and d.slot = 'open' and d.alert_id is not null
                        order by q.delivery_id
                        for update of q""").execute(Tuple.of(alerts)).map(Outbox::held);
    }

    private static Uni<List<Held>> next(SqlConnection tx, UUID[] alerts) {
        return tx.preparedQuery("""
                        select d.id, d.alert_id, d.channel_id, d.replaced, n.type, n.at,
                               null::timestamptz as rest_until, null::timestamptz as failover_at,
                               false as leased
                        from delivery d
                        join notice n on n.id = d.notice_id
                        where d.alert_id = any($1) and d.slot = 'next' and d.alert_id is not null""").execute(Tuple.of(alerts)).map(Outbox::held);
    }

    private static List<Held> held(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> new Held(
                        row.getUUID("id"),
                        new Place(row.getUUID("alert_id"), row.getUUID("channel_id")),
                        row.getBoolean("leased"),
                        row.getString("type"),
                        row.getOffsetDateTime("at").toInstant(),
                        ReplacedJson.read(row.getJsonArray("replaced")),
                        new Timing(
                                Optional.ofNullable(row.getOffsetDateTime("rest_until")),
                                Optional.ofNullable(row.getOffsetDateTime("failover_at")))))
                .toList();
    }

    private Uni<Void> write(SqlConnection tx, Fanout.Plan plan) {
        var open = plan.planned().stream()
                .filter(one -> one.slot().filter("open"::equals).isPresent())
                .toList();
        return rows.supersede(tx, plan.superseded())
                .chain(() -> rows.insertDeliveries(tx, plan.planned()))
                .chain(() -> rows.enqueue(tx, open.stream().map(Outbox::queued).toList()));
    }

    private static OutboxRows.Queued queued(Planned planned) {
        var notice = planned.notice();
        return new OutboxRows.Queued(
                planned.delivery(),
                planned.channel().orElseThrow(),
                Urgency.priority(notice.type(), notice.severity()),
                planned.timing());
    }
}
