package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Claim.Target;
import dev.plimsoll.rule.Severity;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes due deliveries for a lease, the most urgent first, few of each channel. */
@Singleton
final class Claims {
    /** How far past the wanted number is looked, so that one crowded channel does not fill all places. */
    private static final int LOOK_AHEAD = 4;

    private final Pool engine;
    private final DeliveryConfig config;

    @Inject
    Claims(@ReactiveDataSource("engine") Pool engine, DeliveryConfig config) {
        this.engine = engine;
        this.config = config;
    }

    /**
     * At most so many.
     *
     * @param rooms what each of these channels may still get; others get the usual
     */
    Uni<List<Claim>> take(int free, Map<UUID, Integer> rooms) {
        return Uni.createFrom().deferred(() -> {
            var before = System.nanoTime();
            return engine.preparedQuery(TAKE)
                    .execute(parameters(free, rooms))
                    .map(rows -> rows.stream().map(row -> claim(row, before)).toList());
        });
    }

    private Tuple parameters(int free, Map<UUID, Integer> rooms) {
        var full = rooms.entrySet().stream()
                .filter(room -> room.getValue() == 0)
                .map(Map.Entry::getKey)
                .toArray(UUID[]::new);
        var known = List.copyOf(rooms.keySet());
        return Tuple.tuple()
                .addValue(free)
                .addValue(free * LOOK_AHEAD)
                .addValue(full)
                .addValue(known.toArray(UUID[]::new))
                .addValue(known.stream().map(rooms::get).toArray(Integer[]::new))
                .addValue(config.slotsPerChannel())
                .addValue((double) config.lease().toMillis());
    }

    private static final String TAKE = """
            with candidate as (
                select delivery_id, channel_id, priority, due_at
                from queue
                where due_at <= now() and (leased_until is null or leased_until < now()) and channel_id <> all($3::uuid[])
                order by priority, due_at
                limit $2),
            ranked as (
                select delivery_id, channel_id, priority, due_at,
                       row_number() over (partition by channel_id order by priority, due_at) as nth
                from candidate),
            chosen as (
                select r.delivery_id
                from ranked r
                left join unnest($4::uuid[], $5::int[]) as known (channel_id, room) using (channel_id)
                where r.nth <= coalesce(known.room, $6)
                order by r.priority, r.due_at
                limit $1),
            locked as (
                select q.delivery_id
                from queue q
                where q.delivery_id in (select delivery_id from chosen)
                  and q.due_at <= now() and (q.leased_until is null or q.leased_until < now())
                for update skip locked),
            claimed as (
                update queue q
                set leased_until = now() + $7 * interval '1 millisecond', attempt = q.attempt + 1
                from locked l
                where q.delivery_id = l.delivery_id
                returning q.delivery_id, q.attempt, q.tries, q.priority, q.due_at)
            select q.delivery_id, q.attempt, q.tries, d.account_id, d.alert_id, d.body, d.replaced,
                   n.type, n.severity, n.at, n.data::text as data,
                   c.id as channel_id, c.name, c.kind, c.state, c.settings_sealed, c.secret_sealed,
                   case when c.old_secret_until > now() then c.old_secret_sealed end as old_secret_sealed,
                   clock_timestamp() as claimed_at
            from claimed q
            join delivery d on d.id = q.delivery_id
            join notice n on n.id = d.notice_id
            join channel c on c.id = d.channel_id
            order by q.priority, q.due_at""";

    private static Claim claim(Row row, long before) {
        return new Claim(
                row.getUUID("delivery_id"),
                row.getInteger("attempt"),
                row.getInteger("tries"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getUUID("alert_id")),
                severity(row),
                message(row),
                Optional.ofNullable(row.getString("body")),
                target(row),
                row.getOffsetDateTime("claimed_at").toInstant(),
                before);
    }

    private static Message message(Row row) {
        return new Message(
                row.getUUID("delivery_id"),
                row.getString("type"),
                severity(row),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("data"),
                ReplacedJson.read(row.getJsonArray("replaced")));
    }

    private static Severity severity(Row row) {
        return Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT));
    }

    private static Target target(Row row) {
        return new Target(
                row.getUUID("channel_id"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("state"),
                row.getBuffer("settings_sealed").getBytes(),
                sealed(row, "secret_sealed"),
                sealed(row, "old_secret_sealed"));
    }

    private static Optional<byte[]> sealed(Row row, String column) {
        return Optional.ofNullable(row.getBuffer(column)).map(buffer -> buffer.getBytes());
    }

    /** Begins the leases anew of those that no later courier has claimed. */
    Uni<Void> extend(List<Tried> batch) {
        return engine.preparedQuery("""
                        update queue q
                        set leased_until = now() + $3 * interval '1 millisecond'
                        from unnest($1::uuid[], $2::int[]) as own (id, attempt)
                        where q.delivery_id = own.id and q.attempt = own.attempt""")
                .execute(Tuple.of(
                        batch.stream().map(tried -> tried.claim().delivery()).toArray(UUID[]::new),
                        batch.stream().map(tried -> tried.claim().number()).toArray(Integer[]::new),
                        (double) config.lease().toMillis()))
                .replaceWithVoid();
    }

    /** How old the oldest delivery is that has not arrived; 0 when there is none. */
    Uni<Double> oldestUnsentSeconds() {
        return engine.query("""
                        select coalesce(extract(epoch from now() - min(d.created_at)), 0)::float8 as age
                        from queue q
                        join delivery d on d.id = q.delivery_id""").execute().map(rows -> rows.iterator().next().getDouble("age"));
    }
}
