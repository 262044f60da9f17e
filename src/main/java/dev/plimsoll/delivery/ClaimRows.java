package dev.plimsoll.delivery;

import dev.plimsoll.unit.Isolation;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * The statements of {@link Claims}.
 *
 * <p>The queue's index of what is ready is read in jumps, from each channel to the next and past every host that has enough:
 * what a claim costs grows with the channels it looks at, not with what they have waiting.
 */
@Singleton
final class ClaimRows {
    private static final UUID LAST_CHANNEL = new UUID(-1, -1);

    private final Pool engine;
    private final DeliveryConfig config;
    private final DeliveryMeters meters;

    @Inject
    ClaimRows(@ReactiveDataSource("engine") Pool engine, DeliveryConfig config, DeliveryMeters meters) {
        this.engine = engine;
        this.config = config;
        this.meters = meters;
    }

    /** Where in the round of channels the next one begins: behind this one. */
    record Place(String host, UUID channel) {
        static final Place BEGINNING = new Place("", new UUID(0, 0));
    }

    /**
     * @param next the beginning again where the round is over
     * @param more some channel gave all it was asked for, and may have more
     */
    record Taken(List<Claim> claims, Place next, boolean more) {}

    /** The priorities of which something is ready, in their order: most of the time none, and to look for more costs more. */
    Uni<List<Integer>> waiting() {
        return engine.preparedQuery("""
                        select p.priority
                        from generate_series(0, $1 - 1) as p (priority)
                        cross join lateral (
                            select from queue
                            where ready and priority = p.priority
                            limit 1) ready
                        order by p.priority""")
                .execute(Tuple.of(Urgency.PRIORITIES))
                .map(rows ->
                        rows.stream().map(row -> row.getInteger("priority")).toList());
    }

    /** Of this priority, one of each channel before the second of any, at most so many. */
    Uni<Taken> take(int priority, Place from, int wanted, Rooms rooms) {
        return Uni.createFrom().deferred(() -> {
            var before = System.nanoTime();
            var looked = wanted + rooms.full();
            return engine.preparedQuery(TAKE)
                    .execute(parameters(priority, from, wanted, rooms).addValue(looked))
                    .map(rows -> taken(rows, claims(rows, before), looked));
        });
    }

    private Tuple parameters(int priority, Place from, int wanted, Rooms rooms) {
        var json = new JsonObject();
        rooms.known().forEach(json::put);
        return Tuple.tuple()
                .addValue(priority)
                .addValue(from.host())
                .addValue(from.channel())
                .addValue(wanted)
                .addValue(json)
                .addValue(rooms.usual())
                .addValue((double) config.lease().toMillis())
                .addValue(LAST_CHANNEL);
    }

    private static final String TAKE = """
            with recursive stop (host, channel_id, nth, room, visit) as (
                (select host, channel_id, 1, coalesce(($5::jsonb ->> host)::int, $6), 1
                 from queue
                 where ready and priority = $1 and (host, channel_id) > ($2, $3::uuid)
                 order by host, channel_id
                 limit 1)
                union all
                select q.host, q.channel_id, case when q.host = s.host then s.nth + 1 else 1 end,
                       coalesce(($5::jsonb ->> q.host)::int, $6), s.visit + 1
                from stop s
                cross join lateral (
                    select host, channel_id
                    from queue
                    where ready and priority = $1
                      and (host, channel_id) > (s.host, case when s.nth < s.room then s.channel_id else $8::uuid end)
                    order by host, channel_id
                    limit 1) q
                where s.visit < $9),
            open as (
                select host, channel_id, room, visit, count(*) over () as channels
                from stop
                where nth <= room),
            candidate as (
                select q.delivery_id, o.visit, o.host, o.room, most.each,
                       row_number() over (partition by o.visit order by q.due_at) as turn
                from open o
                cross join lateral (select ($4 + o.channels - 1) / o.channels as each) most
                cross join lateral (
                    select delivery_id, due_at
                    from queue
                    where ready and priority = $1 and host = o.host and channel_id = o.channel_id
                      and due_at <= now() and (leased_until is null or leased_until < now())
                    order by due_at
                    limit most.each
                    for update skip locked) q),
            ranked as (
                select delivery_id, visit, turn, room,
                       row_number() over (partition by host order by turn, visit) as in_host
                from candidate),
            chosen as (
                select delivery_id, visit, turn
                from ranked
                where in_host <= room
                order by turn, visit
                limit $4),
            claimed as (
                update queue q
                set ready = false, leased_until = now() + $7 * interval '1 millisecond', attempt = q.attempt + 1
                from chosen c
                where q.delivery_id = c.delivery_id
                returning q.delivery_id, q.attempt, q.tries, q.host, c.visit, c.turn),
            told as (
                select q.delivery_id, q.attempt, q.tries, q.visit, q.turn, %s
                from claimed q
                %s)
            select l.host as last_host, l.channel_id as last_channel, l.visit as visits, clock_timestamp() as claimed_at,
                   (select bool_or(turn = each) from candidate) as more, t.*
            from (select host, channel_id, visit from stop order by visit desc limit 1) l
            left join told t on true
            order by t.turn, t.visit""".formatted(ClaimRow.WHAT, ClaimRow.OF);

    /** What else of the group waits for the channel, nobody's yet; what is due in a moment too, as after a try that failed. */
    private static final String COMPANIONS = """
            with chosen as (
                select q.delivery_id
                from delivery d
                join queue q on q.delivery_id = d.id
                where d.group_id = $1 and d.channel_id = $2 and d.slot = 'open'
                  and q.due_at <= now() + interval '3 seconds' and (q.leased_until is null or q.leased_until < now())
                order by q.priority, q.delivery_id
                limit $3
                for update of q skip locked),
            claimed as (
                update queue q
                set ready = false, leased_until = now() + $4 * interval '1 millisecond', attempt = q.attempt + 1
                from chosen c
                where q.delivery_id = c.delivery_id
                returning q.delivery_id, q.attempt, q.tries, q.host)
            select q.delivery_id, q.attempt, q.tries, clock_timestamp() as claimed_at, %s
            from claimed q
            %s
            order by q.delivery_id""".formatted(ClaimRow.WHAT, ClaimRow.OF);

    /** For the same lease as the one that was claimed first. @param most how many */
    Uni<List<Claim>> companions(UUID group, UUID channel, int most) {
        return Uni.createFrom().deferred(() -> {
            var before = System.nanoTime();
            return engine.preparedQuery(COMPANIONS)
                    .execute(Tuple.of(
                            group, channel, most, (double) config.lease().toMillis()))
                    .map(rows -> claims(rows, before));
        });
    }

    /** One that this release cannot read must not hold up the others: it is left to its lease, as another may. */
    private List<Claim> claims(RowSet<Row> rows, long before) {
        return rows.stream()
                .filter(row -> row.getUUID("delivery_id") != null)
                .flatMap(row ->
                        Isolation.of(() -> ClaimRow.claim(row, before), failure -> unreadable(row, failure)).stream())
                .toList();
    }

    private void unreadable(Row row, Throwable failure) {
        meters.unreadable(row.getUUID("delivery_id"), row.getString("kind"), failure);
    }

    private static Taken taken(RowSet<Row> rows, List<Claim> claims, int looked) {
        var first = rows.stream().findFirst();
        var next = first.filter(row -> row.getInteger("visits") == looked)
                .map(row -> new Place(row.getString("last_host"), row.getUUID("last_channel")))
                .orElse(Place.BEGINNING);
        return new Taken(claims, next, first.map(row -> row.getBoolean("more")).orElse(false));
    }

    /** Those whose time has come, or whose courier is gone, are ready from now on; at most so many at once. */
    Uni<Void> wake(int most) {
        return engine.preparedQuery("""
                        update queue
                        set ready = true
                        where delivery_id in (
                            select delivery_id
                            from queue
                            where not ready and greatest(due_at, leased_until) <= now()
                            order by greatest(due_at, leased_until)
                            limit $1
                            for update skip locked)""").execute(Tuple.of(most)).replaceWithVoid();
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
}
