package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.StaleThread.Line;
import dev.plimsoll.rule.Severity;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Messages in chats of whose alerts something happened since. Marked by the database with every step of an alert, whoever took
 * it; what happens while a message is edited leaves it marked. All by database time.
 */
@Singleton
public final class StaleThreads {
    /** Whoever took it and was not heard of again. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** What somebody is just writing is left for the next time: never waited for, so that nobody waits in a circle. */
    private static final String TAKE = """
            with due as (
                select channel_id, message_id
                from thread
                where stale and due_at <= now()
                order by due_at
                limit $1),
            mine as (
                select t.channel_id, t.alert_id, c.state = 'active' as active
                from thread t
                join (select distinct channel_id, message_id from due) m
                    on m.channel_id = t.channel_id and m.message_id = t.message_id
                join channel c on c.id = t.channel_id
                where t.due_at <= now()
                for update of t skip locked),
            taken as (
                update thread t
                -- what is switched off is not in the way of the others
                set due_at = now() + case when mine.active then $2 * interval '1 millisecond' else interval '1 hour' end
                from mine
                where t.channel_id = mine.channel_id and t.alert_id = mine.alert_id
                returning t.channel_id, t.message_id)
            select t.message_id, t.alert_id, t.shown, t.stirs, t.account_id, d.body,
                   g.sequence, g.severity, g.acknowledged_at, g.resolved_at,
                   case when last.type = 'alert.snoozed' then g.snoozed_until end as snoozed_until,
                   moved.type as moved, moved.at as moved_at, moved.health_factor, act.detail ->> 'note' as note,
                   %s
            from (select distinct channel_id, message_id from taken) m
            join thread t on t.channel_id = m.channel_id and t.message_id = m.message_id
            join delivery d on d.id = t.delivery_id
            join notice told on told.id = d.notice_id
            join alert g on g.id = t.alert_id
            join channel c on c.id = t.channel_id and c.state = 'active'
            join account a on a.id = t.account_id
            left join transition last on last.alert_id = g.id and last.sequence = g.sequence
            left join lateral (
                select detail
                from transition
                where alert_id = g.id and type in ('alert.acknowledged', 'alert.snoozed')
                order by sequence desc
                limit 1) act on true
            left join lateral (
                select step.type, step.at, (n.data -> 'health' ->> 'healthFactor')::numeric as health_factor
                from transition step
                left join notice n on n.alert_id = step.alert_id and n.sequence = step.sequence
                where step.alert_id = g.id
                  and step.sequence > told.sequence
                  and step.type in ('alert.worsened', 'alert.eased')
                order by step.sequence desc
                limit 1) moved on true
            order by t.channel_id, t.message_id, t.delivery_id""".formatted(ClaimRow.TARGET);

    private static final String SHOWN = """
            with mine as (
                select t.channel_id, t.alert_id, s.sequence, s.stirs
                from thread t
                join unnest($2::uuid[], $3::int[], $4::bigint[]) as s (alert_id, sequence, stirs)
                    on s.alert_id = t.alert_id
                where t.channel_id = $1
                order by t.alert_id
                for update of t skip locked)
            update thread t
            set shown = mine.sequence,
                stale = $7 or t.stirs <> mine.stirs,
                message_id = $5,
                due_at = now() + $6 * interval '1 millisecond'
            from mine
            where t.channel_id = mine.channel_id and t.alert_id = mine.alert_id""";

    private static final String LATER = """
            update thread
            set due_at = now() + $3 * interval '1 millisecond'
            where channel_id = $1 and message_id = $2""";

    private static final String END = "delete from thread where channel_id = $1 and message_id = $2";

    private final Pool engine;
    private final SecretBox box;

    @Inject
    StaleThreads(@ReactiveDataSource("engine") Pool engine, SecretBox box) {
        this.engine = engine;
        this.box = box;
    }

    private record Place(UUID channel, long message) {}

    /** Of at most so many alerts; this replica's for half a minute. */
    public Uni<List<StaleThread>> take(int most) {
        return engine.preparedQuery(TAKE)
                .execute(Tuple.of(most, (double) LEASE.toMillis()))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                StaleThreads::place, LinkedHashMap::new, Collectors.<Row>toList())))
                .map(places -> places.entrySet().stream().map(this::thread).toList());
    }

    private static Place place(Row row) {
        return new Place(row.getUUID("channel_id"), row.getLong("message_id"));
    }

    private StaleThread thread(Map.Entry<Place, List<Row>> entry) {
        var first = entry.getValue().getFirst();
        var to = ClaimRow.receiver(first, box);
        var lines = entry.getValue().stream().map(StaleThreads::line).toList();
        return new StaleThread(to, entry.getKey().message(), lines);
    }

    private static Line line(Row row) {
        return new Line(
                row.getUUID("alert_id"),
                row.getString("body"),
                row.getInteger("shown"),
                row.getInteger("sequence"),
                row.getLong("stirs"),
                new AlertState(
                        Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                        time(row, "moved_at").map(at -> moved(row, at)),
                        time(row, "acknowledged_at"),
                        time(row, "snoozed_until"),
                        Optional.ofNullable(row.getString("note")),
                        time(row, "resolved_at")));
    }

    private static AlertState.Moved moved(Row row, Instant at) {
        return new AlertState.Moved(
                row.getString("moved").equals("alert.worsened"),
                at,
                Optional.ofNullable(row.getBigDecimal("health_factor")));
    }

    private static Optional<Instant> time(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }

    /**
     * It says now what was read, as this message; it is not edited again for a while.
     *
     * @param message the same, or one that stands in its place from now on
     */
    public Uni<Void> shown(StaleThread thread, long message, Duration rest) {
        return shown(thread, message, rest, false);
    }

    /** It says now what was read, but what followed it in the chat does not yet. */
    public Uni<Void> shownInPart(StaleThread thread, Duration rest) {
        return shown(thread, thread.message(), rest, true);
    }

    private Uni<Void> shown(StaleThread thread, long message, Duration rest, boolean inPart) {
        return engine.preparedQuery(SHOWN)
                .execute(Tuple.tuple()
                        .addValue(thread.to().channel())
                        .addValue(column(thread.lines(), Line::alert, UUID[]::new))
                        .addValue(column(thread.lines(), Line::sequence, Integer[]::new))
                        .addValue(column(thread.lines(), Line::stirs, Long[]::new))
                        .addValue(message)
                        .addValue((double) rest.toMillis())
                        .addValue(inPart))
                .replaceWithVoid();
    }

    public Uni<Void> later(StaleThread thread, Duration pause) {
        return engine.preparedQuery(LATER)
                .execute(Tuple.of(thread.to().channel(), thread.message(), (double) pause.toMillis()))
                .replaceWithVoid();
    }

    /** The message is gone, and nothing need stand in its place: what follows begins anew. */
    public Uni<Void> end(StaleThread thread) {
        return engine.preparedQuery(END)
                .execute(Tuple.of(thread.to().channel(), thread.message()))
                .replaceWithVoid();
    }
}
