package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.rule.Severity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The statements of {@link Failover}. They lock as the watch does: notice, alert, queue, delivery. */
@Singleton
final class FailoverRows {

    /**
     * A notice that nobody was told of in time.
     *
     * @param next where it goes now; empty when no channel is left just now
     * @param why  for the owner: which channels did not take it
     */
    record Late(Notice notice, Optional<UUID> next, String why) {

        Notice redirected() {
            return notice.to(List.of(next.orElseThrow()));
        }
    }

    private final Duration after;

    @Inject
    FailoverRows(DeliveryConfig config) {
        this.after = config.failoverAfter();
    }

    /** What is looked at together. */
    record Locked(List<UUID> notices, List<UUID> alerts) {}

    /** Those whose time is up, or that gave up somewhere. Nobody writes about their alerts until the transaction ends. */
    Uni<Locked> lock(SqlConnection tx, int most) {
        return tx.preparedQuery("""
                        select n.id, n.alert_id
                        from notice n
                        where n.id in (
                            (select d.notice_id
                             from queue q
                             join delivery d on d.id = q.delivery_id
                             where q.failover_at <= now()
                             order by q.failover_at
                             limit $1)
                            union
                            (select d.notice_id
                             from delivery d
                             where d.unheard
                             order by d.done_at
                             limit $1))
                        order by n.id
                        limit $1
                        for no key update skip locked""")
                .execute(Tuple.of(most))
                .chain(found -> lockAlerts(tx, found.stream().toList()))
                .call(locked -> lockQueue(tx, locked));
    }

    private static Uni<Locked> lockAlerts(SqlConnection tx, List<Row> notices) {
        return tx.preparedQuery("""
                        select id
                        from alert
                        where id = any($1)
                        order by id
                        for update skip locked""")
                .execute(Tuple.of((Object) column(notices, row -> row.getUUID("alert_id"), UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList())
                .map(alerts -> new Locked(
                        notices.stream()
                                .filter(row -> Optional.ofNullable(row.getUUID("alert_id"))
                                        .map(alerts::contains)
                                        .orElse(true))
                                .map(row -> row.getUUID("id"))
                                .toList(),
                        alerts));
    }

    /** All that any later statement locks, in one order, which is also the couriers'. */
    private static Uni<Void> lockQueue(SqlConnection tx, Locked locked) {
        return tx.preparedQuery("""
                        select q.delivery_id
                        from queue q
                        where q.delivery_id in (
                            select d.id from delivery d where d.notice_id = any($1)
                            union
                            select d.id from delivery d where d.alert_id = any($2))
                        order by q.delivery_id
                        for update of q""")
                .execute(Tuple.of(ids(locked.notices()), ids(locked.alerts())))
                .replaceWithVoid();
    }

    /**
     * Of these notices those of which nobody was told, neither by a later message of the alert, and for which no other
     * channel has time left. Only while there is something to be told: not that it began once it is over, or once somebody
     * has acknowledged, snoozed or silenced it.
     */
    private static final String LATE = """
            select n.id, n.account_id, n.alert_id, n.sequence, n.type, n.severity, n.at, n.data::text as data,
                   next.id as next_id, tried.names
            from notice n
            left join alert a on a.id = n.alert_id
            left join rule r on r.id = a.rule_id
            cross join lateral (
                select array_agg(sent.channel_id) as channels,
                       bool_or(sent.state = 'delivered' or sent.newer and sent.state = 'pending') as settled
                from (select d.channel_id, d.state, false as newer
                      from delivery d
                      where d.notice_id = n.id
                      union all
                      select d.channel_id, d.state, m.fails_over
                      from notice m
                      join delivery d on d.notice_id = m.id
                      where m.alert_id = n.alert_id and m.sequence > n.sequence) sent) heard
            left join lateral (
                select c.id
                from channel c
                left join (
                    select told.id::uuid as id, min(100 * step.number + told.number) as place
                    from jsonb_array_elements(r.escalation) with ordinality as step (step, number)
                    cross join jsonb_array_elements_text(step.step -> 'channels') with ordinality as told (id, number)
                    group by told.id) escalation on escalation.id = c.id
                where c.account_id = n.account_id
                  and c.state = 'active'
                  and c.buddy is null
                  and array_position(heard.channels, c.id) is null
                order by escalation.place, c.id
                limit 1) next on true
            cross join lateral (
                select string_agg(coalesce(c.name, 'a channel') || coalesce(' (' || d.reason || ')', ''), ', ' order by d.id) as names
                from delivery d
                left join channel c on c.id = d.channel_id
                where d.notice_id = n.id and d.state in ('pending', 'failed')) tried
            where n.id = any($1)
              and n.fails_over
              and n.suppressed is null
              and (a.id is null or a.state <> 'resolved' or n.type = 'alert.resolved')
              and (a.acknowledged_at is null or a.acknowledged_at < n.at)
              and (a.snoozed_until is null or a.snoozed_until <= now())
              and a.hush is null
              and not heard.settled
              and not exists (
                  select from delivery d
                  join queue q on q.delivery_id = d.id
                  where d.notice_id = n.id and q.failover_at > now())
            order by n.alert_id, n.sequence, n.id""";

    Uni<List<Late>> late(SqlConnection tx, List<UUID> notices) {
        return tx.preparedQuery(LATE)
                .execute(Tuple.of((Object) ids(notices)))
                .map(rows -> rows.stream().map(FailoverRows::late).toList());
    }

    private static Late late(Row row) {
        return new Late(
                notice(row),
                Optional.ofNullable(row.getUUID("next_id")),
                Optional.ofNullable(row.getString("names")).orElse("its channel"));
    }

    private static Notice notice(Row row) {
        var data = row.getString("data");
        return new Notice(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getUUID("alert_id")),
                Optional.ofNullable(row.getInteger("sequence")),
                row.getString("type"),
                Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                row.getOffsetDateTime("at").toInstant(),
                Optional.empty(),
                data,
                new JsonObject(data).getString("text", ""));
    }

    /**
     * They are not looked at again, unless on the channel that is told next. Those for which no channel is left are, in case
     * there is one by then: so that the looks stay few, the later the longer they wait, by a tenth of that.
     */
    Uni<Void> looked(SqlConnection tx, List<UUID> notices, List<Late> late) {
        var ids = Tuple.of((Object) ids(notices));
        var stranded = late.stream().filter(one -> one.next().isEmpty()).toList();
        return tx.preparedQuery("""
                        update queue q
                        set failover_at = case when d.notice_id = any($2)
                            then now() + greatest($3 * interval '1 millisecond', (now() - d.created_at) / 10) end
                        from delivery d
                        where d.id = q.delivery_id and d.notice_id = any($1) and q.failover_at <= now()""")
                .execute(Tuple.of(
                        ids(notices), column(stranded, one -> one.notice().id(), UUID[]::new), (double)
                                after.toMillis()))
                .chain(() -> tx.preparedQuery("""
                                with mine as (
                                    select id
                                    from delivery
                                    where notice_id = any($1) and unheard
                                    for update skip locked)
                                update delivery d
                                set unheard = false
                                from mine
                                where d.id = mine.id""").execute(ids))
                .replaceWithVoid();
    }

    /** Says at the new deliveries why they are there, and gives their channels as long as the first had. */
    Uni<Void> explain(SqlConnection tx, List<Late> late) {
        return tx.preparedQuery("""
                        with added as (
                            update delivery d
                            set failover = l.why
                            from unnest($1::uuid[], $2::uuid[], $3::text[]) as l (notice_id, channel_id, why)
                            where d.notice_id = l.notice_id and d.channel_id = l.channel_id
                            returning d.id)
                        update queue q
                        set failover_at = now() + $4 * interval '1 millisecond'
                        from added
                        where q.delivery_id = added.id""")
                .execute(Tuple.of(
                        column(late, one -> one.notice().id(), UUID[]::new),
                        column(late, one -> one.next().orElseThrow(), UUID[]::new),
                        column(late, this::why, String[]::new),
                        (double) after.toMillis()))
                .replaceWithVoid();
    }

    private String why(Late late) {
        return "failover: " + late.why() + " did not take it within " + after.toSeconds() + " s";
    }

    private static UUID[] ids(List<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
