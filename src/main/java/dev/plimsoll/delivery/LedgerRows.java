package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;
import static dev.plimsoll.delivery.OutboxRows.optional;

import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.delivery.Verdicts.Done;
import dev.plimsoll.delivery.Verdicts.GivenUp;
import dev.plimsoll.delivery.Verdicts.Later;
import dev.plimsoll.delivery.Verdicts.Returned;
import dev.plimsoll.delivery.Verdicts.Superseded;
import dev.plimsoll.delivery.Verdicts.Verdict;
import dev.plimsoll.rule.Severity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The statements of the {@link Ledger}, each for many rows. */
@Singleton
final class LedgerRows {
    private final Bodies bodies;

    @Inject
    LedgerRows(Bodies bodies) {
        this.bodies = bodies;
    }

    /** Those that no later courier has claimed since; nobody else touches them until the transaction ends. */
    Uni<List<Tried>> lockOwn(SqlConnection tx, List<Tried> batch) {
        return tx.preparedQuery("""
                        select q.delivery_id
                        from queue q
                        join unnest($1::uuid[], $2::int[]) as own (id, attempt)
                            on q.delivery_id = own.id and q.attempt = own.attempt
                        order by q.delivery_id
                        for update of q""")
                .execute(Tuple.of(
                        column(batch, tried -> tried.claim().delivery(), UUID[]::new),
                        column(batch, tried -> tried.claim().number(), Integer[]::new)))
                .map(rows ->
                        rows.stream().map(row -> row.getUUID("delivery_id")).collect(Collectors.toSet()))
                .map(own -> batch.stream()
                        .filter(tried -> own.contains(tried.claim().delivery()))
                        .toList());
    }

    /** Of late couriers too: the receiver was called. */
    Uni<Void> insertAttempts(SqlConnection tx, List<Tried> batch) {
        var called = batch.stream().filter(tried -> tried.attempt().isPresent()).toList();
        return tx.preparedQuery("""
                        insert into attempt (delivery_id, number, account_id, at, duration_ms, status, outcome, detail)
                        select a.id, a.number, d.account_id, a.at, a.duration_ms, a.status, a.outcome, a.detail
                        from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::int[], $5::int[], $6::text[], $7::text[])
                            as a (id, number, at, duration_ms, status, outcome, detail)
                        join delivery d on d.id = a.id
                        on conflict (delivery_id, number) do nothing""")
                .execute(Tuple.tuple()
                        .addValue(column(called, tried -> tried.claim().delivery(), UUID[]::new))
                        .addValue(column(called, tried -> tried.claim().number(), Integer[]::new))
                        .addValue(column(
                                called, tried -> tried.claim().at().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new))
                        .addValue(column(
                                called, tried -> (int) call(tried).duration().toMillis(), Integer[]::new))
                        .addValue(
                                optional(called, tried -> call(tried).outcome().status(), Integer[]::new))
                        .addValue(column(called, tried -> word(call(tried).outcome()), String[]::new))
                        .addValue(column(called, tried -> call(tried).outcome().why(), String[]::new)))
                .replaceWithVoid();
    }

    private static Called call(Tried tried) {
        return tried.attempt().orElseThrow();
    }

    private static String word(Outcome outcome) {
        return outcome instanceof Outcome.Delivered ? "delivered" : "failed";
    }

    /** By the open delivery behind which each waits. */
    Uni<Map<UUID, Next>> next(SqlConnection tx, List<Tried> own) {
        return tx.preparedQuery("""
                        select o.id as open_id, q.failover_at, d.id, d.channel_id, d.replaced, n.type, n.severity
                        from delivery o
                        join queue q on q.delivery_id = o.id
                        join delivery d on d.alert_id = o.alert_id and d.channel_id = o.channel_id
                        join notice n on n.id = d.notice_id
                        where o.id = any($1) and d.slot = 'next' and d.alert_id is not null""")
                .execute(Tuple.of(column(own, tried -> tried.claim().delivery(), UUID[]::new)))
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.getUUID("open_id"), LedgerRows::next)));
    }

    /** Those that did not arrive, of alerts whose end nobody was told. */
    Uni<Set<UUID>> over(SqlConnection tx, List<Tried> own) {
        var missing = own.stream().filter(tried -> !tried.hasArrived()).toList();
        if (missing.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return tx.preparedQuery("""
                        select d.id
                        from delivery d
                        join notice o on o.id = d.notice_id
                        join notice n on n.alert_id = o.alert_id and n.sequence > o.sequence
                        where d.id = any($1)
                          and n.type in ('alert.resolved', 'drill.resolved')
                          and n.suppressed is not null""")
                .execute(
                        Tuple.of((Object) column(missing, tried -> tried.claim().delivery(), UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toSet()));
    }

    private static Next next(Row row) {
        return new Next(
                row.getUUID("id"),
                row.getUUID("channel_id"),
                row.getString("type"),
                Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
                ReplacedJson.read(row.getJsonArray("replaced")),
                new Timing(Optional.empty(), Optional.ofNullable(row.getOffsetDateTime("failover_at"))));
    }

    /** Ends what is delivered, given up or superseded, and takes it out of the queue. */
    Uni<Void> finish(SqlConnection tx, List<Verdict> verdicts) {
        var ended = verdicts.stream().filter(verdict -> !verdict.isPending()).toList();
        if (ended.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var frozen = bodies.kept(ended);
        return tx.preparedQuery("""
                        with gone as (delete from queue where delivery_id = any($1))
                        update delivery d
                        set state = e.state, reason = e.reason, slot = null, done_at = now(),
                            attempts = e.attempts, body = coalesce(d.body, e.body),
                            body_sealed = coalesce(d.body_sealed, e.body_sealed), unheard = e.state = 'failed'
                        from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::bytea[])
                            as e (id, state, reason, attempts, body, body_sealed)
                        where d.id = e.id""")
                .execute(Tuple.of(
                        column(ended, verdict -> verdict.claim().delivery(), UUID[]::new),
                        column(ended, verdict -> state(verdict.decision()), String[]::new),
                        optional(ended, verdict -> reason(verdict.decision()), String[]::new),
                        column(ended, verdict -> verdict.claim().number(), Integer[]::new),
                        optional(frozen, Frozen::clear, String[]::new),
                        optional(frozen, one -> one.sealed().map(Buffer::buffer), Buffer[]::new)))
                .replaceWithVoid();
    }

    private static String state(Verdicts.Decision decision) {
        return switch (decision) {
            case Done done -> "delivered";
            case Superseded superseded -> "superseded";
            case GivenUp givenUp -> "failed";
            case Later later -> "pending";
            case Returned returned -> "pending";
        };
    }

    private static Optional<String> reason(Verdicts.Decision decision) {
        return switch (decision) {
            case Done done -> Optional.empty();
            case Superseded superseded -> Optional.of(Fanout.REPLACED);
            case GivenUp givenUp -> Optional.of(givenUp.why());
            case Later later -> Optional.of(later.why());
            case Returned returned -> Optional.empty();
        };
    }

    /** Gives the lease back; after a failed attempt also freezes the body and says when it is due again. */
    Uni<Void> postpone(SqlConnection tx, List<Verdict> verdicts) {
        var kept = verdicts.stream().filter(Verdict::isPending).toList();
        if (kept.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("""
                        with due as (
                            update queue q
                            set leased_until = null,
                                due_at = coalesce(now() + p.pause * interval '1 millisecond', q.due_at),
                                rest_until = case when p.rest then now() + p.pause * interval '1 millisecond' end,
                                tries = q.tries + case when p.counts then 1 else 0 end,
                                -- whom it cannot reach in time any more need not be waited for
                                failover_at = case when now() + p.pause * interval '1 millisecond' >= q.failover_at
                                    then now() else q.failover_at end
                            from unnest($1::uuid[], $2::float8[], $3::bool[], $7::bool[]) as p (id, pause, rest, counts)
                            where q.delivery_id = p.id
                            returning q.delivery_id, q.attempt, q.due_at, p.pause),
                        told as (
                            update attempt a
                            set next_at = due.due_at
                            from due
                            where a.delivery_id = due.delivery_id and a.number = due.attempt and due.pause is not null)
                        update delivery d
                        set attempts = p.attempts, reason = p.reason, body = coalesce(d.body, p.body),
                            body_sealed = coalesce(d.body_sealed, p.body_sealed)
                        from unnest($1::uuid[], $2::float8[], $4::text[], $5::int[], $6::text[], $8::bytea[])
                            as p (id, pause, reason, attempts, body, body_sealed)
                        where d.id = p.id and p.pause is not null""").execute(postponed(kept)).replaceWithVoid();
    }

    private Tuple postponed(List<Verdict> kept) {
        var frozen = bodies.kept(kept);
        return Tuple.from(List.of(
                column(kept, verdict -> verdict.claim().delivery(), UUID[]::new),
                optional(kept, verdict -> pauseMillis(verdict.decision()), Double[]::new),
                column(kept, verdict -> verdict.decision() instanceof Later later && later.rest(), Boolean[]::new),
                optional(kept, verdict -> reason(verdict.decision()), String[]::new),
                column(kept, verdict -> verdict.claim().number(), Integer[]::new),
                optional(frozen, Frozen::clear, String[]::new),
                column(kept, verdict -> verdict.decision() instanceof Later later && later.counts(), Boolean[]::new),
                optional(frozen, one -> one.sealed().map(Buffer::buffer), Buffer[]::new)));
    }

    private static Optional<Double> pauseMillis(Verdicts.Decision decision) {
        return decision instanceof Later later
                ? Optional.of((double) later.pause().toMillis())
                : Optional.empty();
    }

    Uni<Void> open(SqlConnection tx, List<Next> promoted) {
        if (promoted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery("""
                        update delivery d
                        set slot = 'open', replaced = p.replaced
                        from unnest($1::uuid[], $2::jsonb[]) as p (id, replaced)
                        where d.id = p.id""")
                .execute(Tuple.of(
                        column(promoted, Next::delivery, UUID[]::new),
                        column(promoted, next -> ReplacedJson.write(next.replaced()), JsonArray[]::new)))
                .replaceWithVoid();
    }
}
