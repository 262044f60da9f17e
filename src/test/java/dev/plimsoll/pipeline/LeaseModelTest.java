package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.simulation.Plant;
import dev.plimsoll.simulation.Refused;
import dev.plimsoll.simulation.VirtualDatabase;
import dev.plimsoll.simulation.VirtualLease;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lease of the simulation and that of PostgreSQL answer the same to the same. */
@QuarkusTest
class LeaseModelTest {
    /** Long beside anything that the test itself may take. */
    private static final Duration TTL = Duration.ofHours(1);

    private static final Duration SOME_TIME = Duration.ofMinutes(17);
    private static final int HOLDERS = 3;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    private long virtualNow = 1_000_000;

    @AfterEach
    void nobodyHoldsIt() {
        sql(
                "update lease set holder = 'nobody', until = '-infinity', judged_until = null, gap_from = null, gap_to = null");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void answersAsTheDatabaseDoes(long seed) {
        nobodyHoldsIt();
        var dice = new SplittableRandom(seed);
        var real = IntStream.range(0, HOLDERS)
                .mapToObj(i -> new Lease(engine, TTL))
                .toList();
        var database = new VirtualDatabase(() -> virtualNow);
        var model = new VirtualLease(database, TTL.toMillis(), Plant.NONE);
        var before = now(engine.query("select epoch from lease").execute())
                .iterator()
                .next()
                .getLong(0);
        Map<Integer, Long> terms = new HashMap<>();

        List<String> expected = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (var step = 0; step < 60; step++) {
            var who = dice.nextInt(HOLDERS);
            switch (dice.nextInt(5)) {
                case 0, 1 -> {
                    var epoch = hold(database, model, who);
                    epoch.ifPresent(it -> terms.put(who, it));
                    expected.add(who + " holds " + epoch);
                    answered.add(who + " holds " + now(real.get(who).hold()).map(term -> term.epoch() - before));
                }
                case 2 -> {
                    var epoch = terms.getOrDefault(who, 0L);
                    expected.add(who + " commits " + commits(database, model, who, epoch));
                    answered.add(who + " commits " + commits(real.get(who), before + epoch));
                }
                case 3 -> passes();
                default -> {
                    var tx = database.begin();
                    model.release(tx, "" + who);
                    tx.commit();
                    now(real.get(who).release());
                }
            }
        }

        assertThat(answered).isEqualTo(expected);
    }

    private void passes() {
        virtualNow += SOME_TIME.toMillis();
        sql("update lease set until = until - interval '" + SOME_TIME.toMinutes() + " minutes'");
    }

    private static Optional<Long> hold(VirtualDatabase database, VirtualLease model, int who) {
        var tx = database.begin();
        var epoch = model.hold(tx, "" + who);
        tx.commit();
        return epoch.isPresent() ? Optional.of(epoch.getAsLong()) : Optional.empty();
    }

    private static boolean commits(VirtualDatabase database, VirtualLease model, int who, long epoch) {
        var tx = database.begin();
        try {
            model.lock(tx, "" + who, epoch);
            tx.commit();
            return true;
        } catch (Refused late) {
            tx.rollback();
            return false;
        }
    }

    private static boolean commits(Lease lease, long epoch) {
        var term = new Term(epoch, Optional.empty(), Optional.empty());
        return now(lease.guarded(term, tx -> lease.judged(tx, Instant.EPOCH, Optional.empty()))
                .replaceWith(true)
                .onFailure(LeaseLost.class)
                .recoverWithItem(false));
    }

    private void sql(String statement) {
        now(engine.query(statement).execute());
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
