package dev.plimsoll.pipeline;

import dev.plimsoll.pipeline.Continuity.Gap;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/** Who holds the watch: one row in PostgreSQL, by database time. */
@ApplicationScoped
public class Lease {
    private static final Duration SHORTEST = Duration.ofSeconds(3);

    /** What a transaction may take beyond the lease: less than the 5 s in which a take-over is promised. */
    private static final Duration WHOLE_TRANSACTION = Duration.ofSeconds(3);

    private final Pool engine;
    private final Duration ttl;
    private final String holder;
    private volatile boolean held;

    @Inject
    Lease(@ReactiveDataSource("engine") Pool engine, PipelineConfig config) {
        this(engine, config.leaseTtl());
    }

    Lease(Pool engine, Duration ttl) {
        if (ttl.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("plimsoll.pipeline.lease-ttl is at least 3 s, was " + ttl);
        }
        this.engine = engine;
        this.ttl = ttl;
        this.holder = ProcessHandle.current().pid() + "-" + Ids.next();
    }

    /** Renews the lease where it is ours, takes it where it has run out; empty while another replica holds it. */
    Uni<Optional<Term>> hold() {
        return engine.preparedQuery("""
                        update lease
                        set holder = $1,
                            epoch = case when holder = $1 and until > now() then epoch else epoch + 1 end,
                            until = now() + make_interval(secs => $2)
                        where name = 'watch'
                          and (holder = $1 or until <= now())
                        returning epoch, judged_until, gap_from, gap_to
                        """)
                .execute(Tuple.of(holder, seconds()))
                .map(Lease::term)
                .invoke(term -> held = term.isPresent());
    }

    /** Whether it was ours when it was last asked for; it may have run out since. */
    boolean wasHeld() {
        return held;
    }

    /**
     * One transaction that begins by locking the lease for the term's epoch, and fails with {@link LeaseLost} where it
     * has run out. A holder that stops in the middle is cut off by the database after one lease, or, where it stopped
     * in the middle of a message and PostgreSQL is 17 or later, a few seconds after that: the lock must not outlive it.
     */
    <T> Uni<T> guarded(Term term, Function<SqlConnection, Uni<T>> work) {
        return engine.withTransaction(connection -> lock(connection, term).chain(() -> work.apply(connection)));
    }

    /**
     * Notes that the market of this instant was judged and everything it led to is committed.
     *
     * @param untold a gap in judgement that is still to be told
     */
    Uni<Void> judged(SqlConnection connection, Instant at, Optional<Gap> untold) {
        return connection
                .preparedQuery("update lease set judged_until = $1, gap_from = $2, gap_to = $3 where name = 'watch'")
                .execute(Tuple.of(
                        at.atOffset(ZoneOffset.UTC), orNull(untold.map(Gap::from)), orNull(untold.map(Gap::to))))
                .replaceWithVoid();
    }

    /** Null in the database. */
    private static OffsetDateTime orNull(Optional<Instant> instant) {
        return instant.map(it -> it.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    /** Lets the next replica take over at once. */
    Uni<Void> release() {
        return engine.preparedQuery("update lease set until = '-infinity' where name = 'watch' and holder = $1")
                .execute(Tuple.of(holder))
                .invoke(() -> held = false)
                .replaceWithVoid();
    }

    private Uni<Void> lock(SqlConnection connection, Term term) {
        return connection
                .preparedQuery("""
                        update lease
                        set until = now() + make_interval(secs => $3)
                        where name = 'watch'
                          and holder = $1
                          and epoch = $2
                          and until > now()
                        returning set_config('idle_in_transaction_session_timeout', $4, true),
                                  (select set_config(name, $5, true) from pg_settings where name = 'transaction_timeout')
                        """)
                .execute(Tuple.of(
                        holder,
                        term.epoch(),
                        seconds(),
                        Long.toString(ttl.toMillis()),
                        Long.toString(ttl.plus(WHOLE_TRANSACTION).toMillis())))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new LeaseLost(term);
                    }
                })
                .replaceWithVoid();
    }

    private double seconds() {
        return ttl.toMillis() / 1000.0;
    }

    private static Optional<Term> term(RowSet<Row> rows) {
        return rows.stream()
                .findFirst()
                .map(row -> new Term(row.getLong("epoch"), instant(row, "judged_until"), gap(row)));
    }

    /** Where nothing was ever judged there is no gap. */
    private static Optional<Gap> gap(Row row) {
        return instant(row, "judged_until")
                .flatMap(judged -> instant(row, "gap_from"))
                .flatMap(from -> instant(row, "gap_to").map(to -> new Gap(from, to)));
    }

    private static Optional<Instant> instant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
    }
}
