package dev.plimsoll.alert;

import dev.plimsoll.alert.AlertState.End;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Alerts and their timelines as columns of PostgreSQL arrays: one statement for any number of rows. */
final class AlertRow {
    /** Everybody who locks many alerts does so in this order, or two could wait for each other for ever. */
    static final String LOCK = """
            select id
            from alert
            where id = any($1)
            order by id
            for no key update
            """;

    static final String INSERT = """
            insert into alert (id, account_id, state, severity, sequence, started_at, resolved_at, resolved_because,
                               acknowledged_at, snoozed_until, worst, life, shown, hush, rule_id, subject, position_id, episode)
            select *
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::timestamptz[], $7::timestamptz[],
                        $8::text[], $9::timestamptz[], $10::timestamptz[], $11::numeric[], $12::text[]::jsonb[], $13::text[]::jsonb[],
                        $14::text[], $15::uuid[], $16::text[], $17::uuid[], $18::int[])
            on conflict do nothing
            returning id
            """;

    static final String UPDATE = """
            update alert
            set state = n.state,
                severity = n.severity,
                sequence = n.sequence,
                started_at = n.started_at,
                resolved_at = n.resolved_at,
                resolved_because = n.resolved_because,
                acknowledged_at = n.acknowledged_at,
                snoozed_until = n.snoozed_until,
                worst = n.worst,
                life = n.life,
                shown = n.shown,
                hush = n.hush,
                version = alert.version + 1,
                updated_at = now()
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::timestamptz[], $7::timestamptz[],
                        $8::text[], $9::timestamptz[], $10::timestamptz[], $11::numeric[], $12::text[]::jsonb[], $13::text[]::jsonb[],
                        $14::text[], $15::bigint[])
                 n (id, account_id, state, severity, sequence, started_at, resolved_at, resolved_because,
                    acknowledged_at, snoozed_until, worst, life, shown, hush, seen)
            where alert.id = n.id
              and alert.version = n.seen
            returning alert.id
            """;

    static final String DELETE = """
            delete from alert
            using unnest($1::uuid[], $2::bigint[]) n (id, seen)
            where alert.id = n.id
              and alert.version = n.seen
            returning alert.id
            """;

    static final String TIMELINE = """
            insert into transition (alert_id, account_id, sequence, type, reason, severity, at, detail)
            select *
            from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::jsonb[])
            """;

    private AlertRow() {}

    static Tuple locked(List<AlertWrite> writes) {
        return Tuple.of(column(writes, UUID[]::new, AlertWrite::id));
    }

    static Tuple inserted(List<AlertWrite> writes) {
        return state(writes)
                .addValue(column(writes, UUID[]::new, write -> write.key().rule()))
                .addValue(column(
                        writes, String[]::new, write -> write.key().subject().text()))
                .addValue(column(
                        writes,
                        UUID[]::new,
                        write -> orNothing(write.key().subject().position())))
                .addValue(column(writes, Integer[]::new, write -> write.state().episode()));
    }

    static Tuple updated(List<AlertWrite> writes) {
        return state(writes).addValue(column(writes, Long[]::new, AlertRow::seen));
    }

    static Tuple deleted(List<AlertWrite> writes) {
        return Tuple.of(column(writes, UUID[]::new, AlertWrite::id), column(writes, Long[]::new, AlertRow::seen));
    }

    static Tuple timeline(List<AlertWrite> writes) {
        var entries = writes.stream()
                .flatMap(write -> write.transitions().stream().map(step -> new Entry(write, step)))
                .toList();
        return Tuple.tuple()
                .addValue(column(entries, UUID[]::new, entry -> entry.write().id()))
                .addValue(column(entries, UUID[]::new, entry -> entry.write().account()))
                .addValue(column(entries, Integer[]::new, entry -> entry.step().sequence()))
                .addValue(column(entries, String[]::new, entry -> entry.step().type()))
                .addValue(column(entries, String[]::new, entry -> entry.step().reason()))
                .addValue(column(
                        entries, String[]::new, entry -> word(entry.step().severity())))
                .addValue(column(
                        entries,
                        OffsetDateTime[]::new,
                        entry -> utc(entry.step().at())))
                .addValue(column(entries, JsonObject[]::new, entry -> detail(entry)));
    }

    private static JsonObject detail(Entry entry) {
        var detail = new JsonObject();
        entry.write().muted().ifPresent(why -> detail.put("muted", why));
        if (entry.step() instanceof Transition.Escalated escalated) {
            detail.put("step", escalated.step());
        }
        return detail;
    }

    private static Tuple state(List<AlertWrite> writes) {
        return Tuple.tuple()
                .addValue(column(writes, UUID[]::new, AlertWrite::id))
                .addValue(column(writes, UUID[]::new, AlertWrite::account))
                .addValue(states(writes, String[]::new, state -> word(state.phase())))
                .addValue(states(writes, String[]::new, state -> word(state.severity())))
                .addValue(states(writes, Integer[]::new, AlertState::sequence))
                .addValue(states(writes, OffsetDateTime[]::new, state -> utc(state.startedAt())))
                .addValue(instants(writes, state -> state.end().map(End::at)))
                .addValue(states(
                        writes, String[]::new, state -> orNothing(state.end().map(AlertRow::because))))
                .addValue(instants(writes, state -> state.attention().acknowledgedAt()))
                .addValue(instants(writes, state -> state.attention().snoozedUntil()))
                .addValue(states(
                        writes,
                        BigDecimal[]::new,
                        state -> orNothing(state.breach().worst())))
                .addValue(column(writes, String[]::new, AlertWrite::life))
                .addValue(column(writes, String[]::new, AlertWrite::shown))
                .addValue(column(
                        writes, String[]::new, write -> orNothing(write.hush().word())));
    }

    private static String because(End end) {
        return end.because().word();
    }

    private record Entry(AlertWrite write, Transition step) {}

    private static OffsetDateTime[] instants(List<AlertWrite> writes, Function<AlertState, Optional<Instant>> instant) {
        return states(
                writes,
                OffsetDateTime[]::new,
                state -> orNothing(instant.apply(state).map(AlertRow::utc)));
    }

    private static <C> C[] states(List<AlertWrite> writes, IntFunction<C[]> array, Function<AlertState, C> cell) {
        return column(writes, array, write -> cell.apply(write.state()));
    }

    private static Long seen(AlertWrite write) {
        return write.seen().orElseThrow().version();
    }

    private static <T, C> C[] column(List<T> rows, IntFunction<C[]> array, Function<T, C> cell) {
        return rows.stream().map(cell).toArray(array);
    }

    /** PostgreSQL's null. */
    private static <T> T orNothing(Optional<T> value) {
        return value.orElse(null);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
