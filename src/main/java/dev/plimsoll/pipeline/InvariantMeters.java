package dev.plimsoll.pipeline;

import dev.plimsoll.wire.Level;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks whether every {@link Invariant} holds; what is broken is shown, and logged once with what to do. */
@Singleton
class InvariantMeters {
    private static final Duration BUDGET = Duration.ofSeconds(10);
    private static final String STATEMENT_TIMEOUT = "set local statement_timeout = '5s'";

    private final Pool engine;
    private final Map<Invariant, Level> broken = new EnumMap<>(Invariant.class);
    private final Set<Invariant> told = EnumSet.noneOf(Invariant.class);
    private final Counter done;
    private final Counter failed;

    @Inject
    InvariantMeters(@ReactiveDataSource("engine") Pool engine, MeterRegistry registry) {
        this.engine = engine;
        for (var one : Invariant.values()) {
            broken.put(one, Level.of(registry, "plimsoll.invariant.broken", "invariant", one.word()));
        }
        this.done = checks(registry, "done");
        this.failed = checks(registry, "failed");
    }

    private static Counter checks(MeterRegistry registry, String outcome) {
        return registry.counter("plimsoll.invariant.checks", "outcome", outcome);
    }

    /** @param example the id of one of them */
    record Breach(long rows, Optional<String> example) {}

    /** Each by itself: one that takes too long hides no other. Never fails. */
    Uni<Void> check() {
        return Multi.createFrom()
                .items(Invariant.values())
                .onItem()
                .transformToUniAndConcatenate(this::check)
                .onItem()
                .ignoreAsUni();
    }

    /** Nothing is known here of what another replica sees. */
    void isAnothersPart() {
        broken.values().forEach(level -> level.set(0));
        told.clear();
    }

    private Uni<Void> check(Invariant one) {
        return engine.withTransaction(tx -> breach(tx, one))
                .ifNoItem()
                .after(BUDGET)
                .fail()
                .invoke(breach -> show(one, breach))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> unknown(one, failure));
    }

    static Uni<Breach> breach(SqlConnection tx, Invariant one) {
        return tx.query(STATEMENT_TIMEOUT)
                .execute()
                .chain(() -> tx.query(one.query()).execute())
                .map(rows -> breach(rows.iterator().next()));
    }

    private static Breach breach(Row row) {
        return new Breach(row.getLong("broken"), Optional.ofNullable(row.getString("example")));
    }

    private void show(Invariant one, Breach breach) {
        done.increment();
        broken.get(one).set(breach.rows());
        if (breach.rows() == 0) {
            told.remove(one);
        } else if (told.add(one)) {
            Log.errorf(
                    "invariant broken, keep the database as it is and report it: invariant=%s rows=%d example=%s what=%s",
                    one.word(), breach.rows(), breach.example().orElse("none"), one.sentence());
        }
    }

    private Uni<Void> unknown(Invariant one, Throwable failure) {
        failed.increment();
        Log.debugf(
                "invariant not checked: invariant=%s why=%s",
                one.word(), failure.getClass().getSimpleName());
        return Uni.createFrom().voidItem();
    }
}
