package dev.plimsoll.pipeline.digest;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Which digests are due, over all accounts, and that one went out: each once for a local day, as the database has it. */
@Singleton
class DigestQueue {
    private static final String DUE = """
            select d.id, d.account_id, d.local_time, d.weekday, d.channels, d.asleep_minutes, d.acceptable_chance,
                   d.next_at, d.last_date, d.version, d.created_at, a.timezone
            from digest d
            join account a on a.id = d.account_id
            where coalesce(d.next_at, '-infinity') <= $1
            order by coalesce(d.next_at, '-infinity'), d.id
            limit $2
            """;

    /** Locked, so that none of them can be deleted before this is committed. */
    private static final String ISSUE = """
            with there as (
                select d.id
                from digest d
                where d.id = any($1)
                order by d.id
                for key share)
            insert into digest_issue (digest_id, local_date)
            select i.id, i.local_date
            from unnest($1::uuid[], $2::date[]) as i (id, local_date)
            join there on there.id = i.id
            on conflict on constraint digest_issue_pkey do nothing
            returning digest_id
            """;

    private static final String FORGET = """
            delete from digest_issue i
            using unnest($1::uuid[], $2::date[]) as n (id, local_date)
            where i.digest_id = n.id
              and i.local_date < n.local_date - 60
            """;

    /** What its owner wrote meanwhile stands, and that their time zone changed. */
    private static final String GO_ON = """
            update digest d
            set last_date = greatest(d.last_date, n.local_date),
                next_at = case when d.version = n.version and d.next_at is not distinct from n.seen then n.next else d.next_at end
            from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::date[])
                as n (id, version, seen, next, local_date)
            where d.id = n.id
            """;

    /** What its owner wrote meanwhile stands. */
    private static final String PUT_OFF = """
            update digest
            set next_at = $3
            where id = $1
              and coalesce(next_at, '-infinity') <= $2
            """;

    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final Outbox outbox;
    private final Counter failures;

    @Inject
    DigestQueue(Outbox outbox, MeterRegistry meters) {
        this.outbox = outbox;
        this.failures = meters.counter("plimsoll.aside.failures", "what", "one digest brought out");
    }

    /** Those to be looked at, what waits longest first. @param now by the watch's clock */
    Uni<List<DueDigest>> due(SqlConnection engine, Instant now, int most) {
        return engine.preparedQuery(DUE)
                .execute(Tuple.of(utc(now), most))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> readable(engine, row, now))
                .collect()
                .asList()
                .map(read -> read.stream().flatMap(Optional::stream).toList());
    }

    private Uni<Optional<DueDigest>> readable(SqlConnection engine, Row row, Instant now) {
        return Uni.createFrom()
                .item(() -> Optional.of(due(row)))
                .onFailure()
                .recoverWithUni(failure ->
                        putOff(engine, row.getUUID("id"), now, failure).replaceWith(Optional.empty()));
    }

    /** One that fails by an error of ours comes later, so that it does not hold up the others that are due. */
    Uni<Void> putOff(SqlConnection engine, UUID digest, Instant now, Throwable failure) {
        failures.increment();
        Log.errorf(
                "digest not brought out by an error of ours, put off: digest=%s pause=%s failure=%s",
                digest, PAUSE, failure.getClass().getName());
        return engine.preparedQuery(PUT_OFF)
                .execute(Tuple.of(digest, utc(now), utc(now.plus(PAUSE))))
                .replaceWithVoid();
    }

    /**
     * Puts into the outbox what was not put there before.
     *
     * @param tx  a transaction of the engine
     * @param due all that were looked at: when they are due next, written or not
     * @return how many are told
     */
    Uni<Integer> issue(SqlConnection tx, List<Paper> papers, List<DueDigest> due, Instant now) {
        return (papers.isEmpty() ? Uni.createFrom().item(0) : issue(tx, papers)).call(() -> goOn(tx, due, now));
    }

    private Uni<Integer> issue(SqlConnection tx, List<Paper> papers) {
        var dates = Tuple.of(
                column(papers, paper -> paper.edition().digest().id(), UUID[]::new),
                column(papers, paper -> paper.edition().date(), LocalDate[]::new));
        return tx.preparedQuery(ISSUE)
                .execute(dates)
                .map(rows -> rows.stream().map(row -> row.getUUID("digest_id")).collect(Collectors.toSet()))
                .call(first -> outbox.put(tx, notices(papers, first)))
                .call(() -> tx.preparedQuery(FORGET).execute(dates))
                .map(Set::size);
    }

    private static List<Notice> notices(List<Paper> papers, Set<UUID> first) {
        return papers.stream()
                .filter(paper -> first.contains(paper.edition().digest().id()))
                .map(Paper::notice)
                .toList();
    }

    private static Uni<Void> goOn(SqlConnection tx, List<DueDigest> due, Instant now) {
        return tx.preparedQuery(GO_ON)
                .execute(Tuple.of(
                        column(due, one -> one.digest().id(), UUID[]::new),
                        column(due, one -> one.digest().version(), Long[]::new),
                        column(
                                due,
                                one -> one.digest().next().map(DigestQueue::utc).orElse(null),
                                OffsetDateTime[]::new),
                        column(due, one -> utc(one.next(now)), OffsetDateTime[]::new),
                        column(due, one -> one.edition(now).map(Edition::date).orElse(null), LocalDate[]::new)))
                .replaceWithVoid();
    }

    private static DueDigest due(Row row) {
        var night = Optional.ofNullable(row.getInteger("asleep_minutes"))
                .map(minutes -> new DigestRow.Night(minutes, row.getBigDecimal("acceptable_chance")));
        var digest = new Digest(
                row.getUUID("id"),
                row.getUUID("account_id"),
                DigestRow.occasion(
                        row.getLocalTime("local_time"), Optional.ofNullable(row.getInteger("weekday")), night),
                Optional.ofNullable(row.getArrayOfUUIDs("channels")).map(Arrays::asList),
                Optional.ofNullable(row.getOffsetDateTime("next_at")).map(OffsetDateTime::toInstant),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
        return new DueDigest(
                digest, ZoneId.of(row.getString("timezone")), Optional.ofNullable(row.getLocalDate("last_date")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static <T, V> V[] column(List<T> rows, Function<T, V> value, IntFunction<V[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
