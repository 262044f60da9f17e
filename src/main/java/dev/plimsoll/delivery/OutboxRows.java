package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Fanout.Planned;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Writes rows of the outbox in bulk: one statement for many, arrays unnested. */
@Singleton
final class OutboxRows {
    private final String[] groupingKinds;
    private final Duration failoverAfter;

    @Inject
    OutboxRows(Kinds kinds, DeliveryConfig config) {
        this.groupingKinds = kinds.names(Channel::groups).toArray(String[]::new);
        this.failoverAfter = config.failoverAfter();
    }

    record Queued(UUID delivery, UUID channel, int priority, Timing timing) {}

    Uni<Void> insertNotices(SqlConnection tx, List<Notice> notices) {
        return tx.preparedQuery("""
                        insert into notice (id, account_id, alert_id, sequence, type, severity, at, data, channels,
                                            suppressed, not_before, group_id, fails_over)
                        select id, account_id, alert_id, sequence, type, severity, at, data::json, channels::uuid[],
                               suppressed, now() + hold * interval '1 millisecond', group_id, fails_over
                        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[],
                                    $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::float8[], $12::uuid[],
                                    $13::bool[])
                            as n (id, account_id, alert_id, sequence, type, severity, at, data, channels, suppressed,
                                  hold, group_id, fails_over)""")
                .execute(Tuple.tuple()
                        .addValue(column(notices, Notice::id, UUID[]::new))
                        .addValue(column(notices, Notice::account, UUID[]::new))
                        .addValue(optional(notices, Notice::alert, UUID[]::new))
                        .addValue(optional(notices, Notice::sequence, Integer[]::new))
                        .addValue(column(notices, Notice::type, String[]::new))
                        .addValue(column(notices, n -> n.severity().name().toLowerCase(Locale.ROOT), String[]::new))
                        .addValue(column(notices, n -> n.at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                        .addValue(column(notices, Notice::data, String[]::new))
                        .addValue(optional(notices, n -> n.channels().map(OutboxRows::literal), String[]::new))
                        .addValue(optional(notices, n -> n.handling().suppressed(), String[]::new))
                        .addValue(optional(
                                notices, n -> n.handling().hold().map(hold -> (double) hold.toMillis()), Double[]::new))
                        .addValue(optional(notices, n -> n.handling().group(), UUID[]::new))
                        .addValue(column(notices, Notice::failsOver, Boolean[]::new)))
                .replaceWithVoid();
    }

    Uni<Void> insertDeliveries(SqlConnection tx, List<Planned> planned) {
        if (planned.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("""
                        insert into delivery (id, account_id, notice_id, alert_id, channel_id, state, slot, reason, replaced,
                                              group_id, done_at)
                        select d.id, d.account_id, d.notice_id, d.alert_id, d.channel_id, d.state, d.slot, d.reason, d.replaced,
                               case when c.kind = any($10) then n.group_id end, case when d.slot is null then now() end
                        from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[],
                                    $8::text[], $9::jsonb[])
                            as d (id, account_id, notice_id, alert_id, channel_id, state, slot, reason, replaced)
                        join notice n on n.id = d.notice_id
                        left join channel c on c.id = d.channel_id""")
                .execute(Tuple.tuple()
                        .addValue(column(planned, Planned::delivery, UUID[]::new))
                        .addValue(column(planned, one -> one.notice().account(), UUID[]::new))
                        .addValue(column(planned, one -> one.notice().id(), UUID[]::new))
                        .addValue(optional(planned, one -> one.notice().alert(), UUID[]::new))
                        .addValue(optional(planned, Planned::channel, UUID[]::new))
                        .addValue(column(planned, Planned::state, String[]::new))
                        .addValue(optional(planned, Planned::slot, String[]::new))
                        .addValue(optional(planned, Planned::reason, String[]::new))
                        .addValue(column(planned, one -> ReplacedJson.write(one.replaced()), JsonArray[]::new))
                        .addValue(groupingKinds))
                .replaceWithVoid();
    }

    /** And wakes the couriers when the transaction commits. */
    Uni<Void> enqueue(SqlConnection tx, List<Queued> queued) {
        if (queued.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("""
                        with rows as (
                            insert into queue (delivery_id, channel_id, host, priority, due_at, ready, rest_until, attempt, failover_at)
                            select q.id, q.channel_id, c.host, q.priority, greatest(now(), q.rest_until, n.not_before),
                                   greatest(now(), q.rest_until, n.not_before) = now(), q.rest_until, d.attempts,
                                   case when q.rest_until >= f.at then now() else f.at end
                            from unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::timestamptz[])
                                as q (id, channel_id, priority, rest_until, failover_at)
                            join channel c on c.id = q.channel_id
                            join delivery d on d.id = q.id
                            join notice n on n.id = d.notice_id
                            left join lateral (
                                select least(q.failover_at, greatest(now(), n.not_before) + $6 * interval '1 millisecond') as at
                                where n.fails_over) f on true)
                        select pg_notify('outbox', '')""")
                .execute(Tuple.tuple()
                        .addValue(column(queued, Queued::delivery, UUID[]::new))
                        .addValue(column(queued, Queued::channel, UUID[]::new))
                        .addValue(column(queued, Queued::priority, Integer[]::new))
                        .addValue(optional(queued, one -> one.timing().restUntil(), OffsetDateTime[]::new))
                        .addValue(optional(queued, one -> one.timing().failoverAt(), OffsetDateTime[]::new))
                        .addValue((double) failoverAfter.toMillis()))
                .replaceWithVoid();
    }

    /** Their queue rows are locked by this transaction, or they have none. */
    Uni<Void> supersede(SqlConnection tx, Collection<UUID> deliveries) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("""
                        with gone as (
                            delete from queue
                            where delivery_id = any($1)
                            returning delivery_id, attempt)
                        update delivery d
                        set state = 'superseded', slot = null, done_at = now(), reason = $2,
                            attempts = coalesce((select attempt from gone where delivery_id = d.id), d.attempts)
                        where d.id = any($1)""")
                .execute(Tuple.of(deliveries.toArray(UUID[]::new), Fanout.REPLACED))
                .replaceWithVoid();
    }

    static <T, V> V[] column(List<T> rows, Function<T, V> value, IntFunction<V[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    /** Empty becomes null in the column. */
    static <T, V> V[] optional(List<T> rows, Function<T, Optional<V>> value, IntFunction<V[]> array) {
        return rows.stream().map(row -> value.apply(row).orElse(null)).toArray(array);
    }

    private static String literal(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
