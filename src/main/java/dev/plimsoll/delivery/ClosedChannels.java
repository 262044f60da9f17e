package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.delivery.Trouble.Undelivered;
import dev.plimsoll.delivery.Trouble.What;
import dev.plimsoll.rule.Severity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Channels that get nothing any more: what waits for them is given up at once, and told elsewhere. */
@Singleton
final class ClosedChannels {
    /** In one transaction, which must not take so long that it is given up itself; {@link Stragglers} end the others. */
    static final int MOST = 2_000;

    private final FailureTelling telling;

    @Inject
    ClosedChannels(FailureTelling telling) {
        this.telling = telling;
    }

    /**
     * Disables them where they are active, with what waits for them; and tells all of this elsewhere.
     *
     * @param troubles at most one a channel; those that are no disablings are only told
     */
    Uni<Void> settle(SqlConnection tx, List<Trouble> troubles) {
        return disable(tx, troubles)
                .chain(disabled -> giveUp(
                                tx, disabled.stream().map(Trouble::closing).toList(), false)
                        .map(waiting -> sum(troubles, disabled, waiting)))
                .chain(all -> telling.tell(tx, all));
    }

    /** A channel that somebody else disabled, or is changing just now, is not disabled again. */
    private static List<Trouble> sum(List<Trouble> troubles, List<Trouble> disabled, List<Trouble> waiting) {
        var more = byChannel(waiting);
        var newly = byChannel(disabled);
        return troubles.stream()
                .map(trouble -> trouble.what() == What.DISABLED && !newly.containsKey(trouble.channel())
                        ? trouble.undelivered()
                        : trouble)
                .filter(trouble -> trouble.what() != What.UNDELIVERED || trouble.count() > 0)
                .map(trouble -> trouble.and(Optional.ofNullable(more.get(trouble.channel()))))
                .toList();
    }

    private static Map<UUID, Trouble> byChannel(List<Trouble> troubles) {
        return troubles.stream().collect(Collectors.toMap(Trouble::channel, Function.identity()));
    }

    /** Returns those that were active until now. */
    private static Uni<List<Trouble>> disable(SqlConnection tx, List<Trouble> troubles) {
        var asked = troubles.stream()
                .filter(trouble -> trouble.what() == What.DISABLED)
                .toList();
        if (asked.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.preparedQuery("""
                        with mine as (
                            select id
                            from channel
                            where id = any($1) and state = 'active'
                            for no key update skip locked)
                        update channel c
                        set state = 'disabled', disabled_reason = r.reason, version = c.version + 1
                        from unnest($1::uuid[], $2::text[]) as r (id, reason)
                        join mine on mine.id = r.id
                        where c.id = r.id
                        returning c.id""")
                .execute(Tuple.of(
                        column(asked, Trouble::channel, UUID[]::new), column(asked, Trouble::why, String[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toSet()))
                .map(ids -> asked.stream()
                        .filter(trouble -> ids.contains(trouble.channel()))
                        .toList());
    }

    /**
     * Ends what waits for these channels, at most {@link #MOST}. What is being sent just now ends by itself, unless even
     * that is given up: then its courier is too late, and nothing is left, however much that is.
     *
     * @return how much that was, by channel, with what is left to be ended
     */
    Uni<List<Trouble>> giveUp(SqlConnection tx, List<Trouble> closed, boolean evenSending) {
        if (closed.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.preparedQuery(GIVE_UP.replace("$locking", evenSending ? "" : "skip locked"))
                .execute(Tuple.of(
                        column(closed, Trouble::channel, UUID[]::new),
                        column(closed, Trouble::why, String[]::new),
                        evenSending,
                        evenSending ? Integer.MAX_VALUE : MOST))
                .map(rows ->
                        rows.stream()
                                .collect(Collectors.groupingBy(row -> row.getUUID("channel_id")))
                                .entrySet()
                                .stream()
                                .map(entry -> trouble(entry.getKey(), entry.getValue()))
                                .toList());
    }

    private static final String GIVE_UP = """
            with open as (
                select q.delivery_id, d.alert_id, d.channel_id
                from delivery d
                join queue q on q.delivery_id = d.id
                where d.channel_id = any($1)
                  and d.state = 'pending'
                  and ($3 or q.leased_until is null or q.leased_until < clock_timestamp())
                order by q.delivery_id
                limit $4
                for update of q $locking),
            rest as (
                select d.channel_id, count(*) as waiting
                from delivery d
                join queue q on q.delivery_id = d.id
                where (select count(*) from open) = $4
                  and d.channel_id = any($1)
                  and d.state = 'pending'
                  and (q.leased_until is null or q.leased_until < clock_timestamp())
                  and d.id not in (select delivery_id from open)
                group by d.channel_id),
            gone as (
                delete from queue q
                using open
                where q.delivery_id = open.delivery_id),
            ended as (
                update delivery d
                set state = 'failed', slot = null, done_at = now(), unheard = true, reason = r.reason
                from unnest($1::uuid[], $2::text[]) as r (channel_id, reason)
                where d.channel_id = r.channel_id
                  and d.state = 'pending'
                  and (d.id in (select delivery_id from open)
                       or d.slot = 'next'
                          and (d.alert_id, d.channel_id) in (select alert_id, channel_id from open))
                returning d.id, d.channel_id, d.notice_id),
            ranked as (
                select e.id, e.channel_id, n.type, n.severity, n.at, n.data,
                       count(*) over (partition by e.channel_id) + coalesce(r.waiting, 0) as total,
                       row_number() over (partition by e.channel_id order by n.fails_over desc, n.at desc) as place
                from ended e
                join notice n on n.id = e.notice_id
                left join rest r on r.channel_id = e.channel_id)
            select id, channel_id, type, severity, at, data ->> 'text' as text, total
            from ranked
            where place <= 5
            order by channel_id, place""";

    private static Trouble trouble(UUID channel, List<Row> rows) {
        var missing = rows.stream()
                .map(row -> new Undelivered(
                        row.getUUID("id"),
                        row.getString("type"),
                        Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                        row.getOffsetDateTime("at").toInstant(),
                        Optional.ofNullable(row.getString("text")).orElse("")))
                .toList();
        return new Trouble(
                channel,
                What.UNDELIVERED,
                "",
                missing,
                rows.getFirst().getLong("total").intValue());
    }
}
