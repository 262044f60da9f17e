package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Outbox.Redelivery;
import dev.plimsoll.delivery.OutboxRows.Queued;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Sends again what reached nobody, or failed: when a channel becomes active, and when the user asks for it. */
@Singleton
final class Reach {
    private final OutboxRows rows;

    @Inject
    Reach(OutboxRows rows) {
        this.rows = rows;
    }

    /**
     * Delivers to a channel, which is active now, the alerts still firing of which nobody was told.
     *
     * <p>Locks the account's row: writing a notice holds it for share, so no notice is missed by both sides. And holds
     * the channel's, as all do here that send to one: what is being deleted gets nothing more.
     *
     * @param tx in or after the transaction that made the channel active
     * @return how many
     */
    Uni<Integer> newChannel(SqlConnection tx, UUID channel) {
        return tx.preparedQuery("""
                        select c.id
                        from account a
                        join channel c on c.account_id = a.id
                        where c.id = $1
                        for update of a
                        for key share of c skip locked""")
                .execute(Tuple.of(channel))
                .map(Reach::ids)
                .chain(there -> untold(tx, there, DELIVERED))
                .chain(untold -> tell(tx, untold));
    }

    /**
     * Makes up for channels that became active without {@link #newChannel}, as when the process died in between: delivers
     * the alerts still firing of which nobody was even tried to be told, though a channel they are for is active now.
     *
     * @param tx of the engine
     * @return how many
     */
    Uni<Integer> missed(SqlConnection tx) {
        return tx.preparedQuery(MISSED)
                .execute(Tuple.of(MOST_REPAIRED))
                .map(Reach::ids)
                .chain(channels -> lock(tx, channels))
                .chain(channels -> untold(tx, channels, DELIVERED_OR_FAILED))
                .chain(untold -> tell(tx, untold));
    }

    /** As above, but never waits: an account that is being told something is left for the next time. */
    private static Uni<List<UUID>> lock(SqlConnection tx, List<UUID> channels) {
        return tx.preparedQuery("""
                        select c.id
                        from account a
                        join channel c on c.account_id = a.id
                        where c.id = any($1)
                        for update of a skip locked
                        for key share of c skip locked""")
                .execute(Tuple.of(channels.toArray(UUID[]::new)))
                .map(Reach::ids);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getUUID("id")).toList();
    }

    private static final int MOST_REPAIRED = 1_000;
    private static final String[] DELIVERED = {"delivered"};
    private static final String[] DELIVERED_OR_FAILED = {"delivered", "failed"};

    /** Starts from the few deliveries that were for nobody. */
    private static final String MISSED = """
            select distinct c.id
            from delivery d
            join alert a on a.id = d.alert_id and a.state = 'firing'
            join notice n on n.id = d.notice_id
                and n.type in ('alert.firing', 'alert.worsened', 'alert.repeated', 'alert.escalated')
                and n.suppressed is null and a.hush is distinct from 'silenced'
            join channel c on c.account_id = d.account_id and c.state = 'active'
                and (c.id = any(n.channels) or c.buddy is null and (n.channels is null or not exists (
                    select from channel k where k.id = any(n.channels) and k.state = 'active')))
            where d.channel_id is null and d.alert_id is not null
              and not exists (
                  select from delivery later
                  join notice m on m.id = later.notice_id
                  where later.alert_id = d.alert_id
                    and later.channel_id is not null
                    and m.sequence >= n.sequence)
            order by c.id
            limit $1""";

    private static Uni<RowSet<Row>> untold(SqlConnection tx, List<UUID> channels, String[] told) {
        return tx.preparedQuery("""
                        with last as (
                            select distinct on (c.id, n.alert_id) n.id, n.alert_id, n.channels, c.id as channel_id, c.buddy
                            from channel c
                            join alert a on a.account_id = c.account_id and a.state = 'firing'
                            join notice n on n.alert_id = a.id
                            where c.id = any($1) and c.state = 'active'
                              and n.type in ('alert.firing', 'alert.worsened', 'alert.repeated', 'alert.escalated')
                              and n.suppressed is null and a.hush is distinct from 'silenced'
                            order by c.id, n.alert_id, n.sequence desc)
                        select l.id, l.channel_id
                        from last l
                        where (l.channel_id = any(l.channels) or l.buddy is null and (l.channels is null or not exists (
                              select from channel k where k.id = any(l.channels) and k.state = 'active')))
                          and not exists (
                              select from delivery d
                              where d.alert_id = l.alert_id
                                and (d.state = any($2) and d.notice_id = l.id
                                     or d.state = 'pending' and (d.channel_id = l.channel_id or d.notice_id = l.id)))""").execute(Tuple.of(channels.toArray(UUID[]::new), told));
    }

    private Uni<Integer> tell(SqlConnection tx, RowSet<Row> untold) {
        var ids = untold.stream().map(row -> Ids.next()).toArray(UUID[]::new);
        var notices = untold.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
        var channels = untold.stream().map(row -> row.getUUID("channel_id")).toArray(UUID[]::new);
        return tx.preparedQuery("""
                        with again as (
                            insert into delivery (id, account_id, notice_id, alert_id, channel_id, state, slot)
                            select u.id, n.account_id, n.id, n.alert_id, u.channel_id, 'pending', 'open'
                            from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as u (id, notice_id, channel_id)
                            join notice n on n.id = u.notice_id
                            on conflict (notice_id, channel_id)
                            do update set state = 'pending', slot = 'open', reason = null, done_at = null, unheard = false
                            returning id, notice_id, channel_id)
                        select g.id, g.channel_id, n.type, n.severity
                        from again g
                        join notice n on n.id = g.notice_id""").execute(Tuple.of(ids, notices, channels)).chain(found -> enqueue(tx, found));
    }

    /**
     * Sends one delivery again, now, with its own id and body; its attempts count on.
     *
     * @param tx a transaction of the delivery's account, or of the engine
     */
    Uni<Redelivery> delivery(SqlConnection tx, UUID delivery) {
        return tx.preparedQuery("""
                        select d.id, d.state, c.id as channel_id, d.alert_id, n.type, n.severity, c.state = 'active' as active
                        from delivery d
                        join notice n on n.id = d.notice_id
                        left join lateral (
                            select id, state
                            from channel
                            where id = d.channel_id
                            for key share skip locked) c on true
                        where d.id = $1
                        for update of d""")
                .execute(Tuple.of(delivery))
                .chain(found -> found.size() == 0
                        ? Uni.createFrom().item(Redelivery.NOT_FOUND)
                        : again(tx, found.iterator().next()));
    }

    private Uni<Redelivery> again(SqlConnection tx, Row row) {
        if (row.getString("state").equals("pending")) {
            return Uni.createFrom().item(Redelivery.PENDING_ALREADY);
        }
        if (row.getUUID("channel_id") == null) {
            return Uni.createFrom().item(Redelivery.NO_CHANNEL);
        }
        if (!row.getBoolean("active")) {
            return Uni.createFrom().item(Redelivery.CHANNEL_NOT_ACTIVE);
        }
        return revive(tx, List.of(row.getUUID("id")))
                .map(count -> count == 1 ? Redelivery.QUEUED : Redelivery.PENDING_ALREADY);
    }

    /**
     * Sends again what failed on a channel; of each alert the last message only.
     *
     * @param since counted by when it failed
     * @return how many
     */
    Uni<Integer> failed(SqlConnection tx, UUID channel, OffsetDateTime since) {
        return tx.preparedQuery("""
                        with there as materialized (
                            select id
                            from channel
                            where id = $1 and state = 'active'
                            for key share skip locked)
                        select distinct on (coalesce(d.alert_id, d.id)) d.id
                        from there
                        join delivery d on d.channel_id = there.id
                        join notice n on n.id = d.notice_id
                        where d.state = 'failed' and d.done_at >= $2
                        order by coalesce(d.alert_id, d.id), n.sequence desc nulls last""")
                .execute(Tuple.of(channel, since))
                .map(Reach::ids)
                .chain(ids -> revive(tx, ids));
    }

    /** Locks the alerts, whose notices hold them for share: an open place cannot be taken twice. */
    private Uni<Integer> revive(SqlConnection tx, List<UUID> deliveries) {
        var ids = Tuple.of(deliveries.toArray(UUID[]::new));
        return tx.preparedQuery("""
                        select a.id
                        from alert a
                        where a.id in (select alert_id from delivery where id = any($1))
                        order by a.id
                        for update""")
                .execute(ids)
                .chain(() -> tx.preparedQuery("""
                                with again as (
                                    update delivery d
                                    set state = 'pending', slot = 'open', reason = null, done_at = null, unheard = false
                                    where d.id = any($1) and d.state <> 'pending'
                                      and not exists (
                                          select from delivery o
                                          where o.alert_id = d.alert_id and o.channel_id = d.channel_id and o.slot is not null)
                                    returning d.id, d.notice_id, d.channel_id)
                                select g.id, g.channel_id, n.type, n.severity
                                from again g
                                join notice n on n.id = g.notice_id""").execute(ids))
                .chain(found -> enqueue(tx, found));
    }

    private Uni<Integer> enqueue(SqlConnection tx, Iterable<Row> found) {
        var queued = StreamSupport.stream(found.spliterator(), false)
                .map(row -> new Queued(
                        row.getUUID("id"),
                        row.getUUID("channel_id"),
                        Urgency.priority(
                                row.getString("type"),
                                Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT))),
                        Timing.FRESH))
                .toList();
        return rows.enqueue(tx, queued).replaceWith(queued.size());
    }
}
