package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a tick does with more than it has time for. */
@QuarkusTest
class PassTest {
    private static final int PARTS = 5;
    private static final long AN_HOUR = Duration.ofHours(1).toNanos();

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Inject
    Replica.Stores stores;

    @Inject
    Replica.Shared shared;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger settled = new AtomicInteger();

    @Test
    void whatThereIsTimeForIsDecidedAndSettledToTheLast() {
        pass(System.nanoTime() + AN_HOUR);

        assertThat(settled).hasValue(PARTS);
    }

    @Test
    void aTickWhoseTimeIsOverStillSettlesItsFirstPartAndLeavesTheRestToTheNext() {
        pass(System.nanoTime() - AN_HOUR);

        assertThat(settled).hasValue(1);
    }

    @Test
    void aPositionThatAnErrorOfOursKeepsFromBeingJudgedIsLeftUnsettledAndCountedAndNobodyElseWaitsForIt() {
        var account = Ids.next();

        pass(
                System.nanoTime() + AN_HOUR,
                List.of(
                        List.of(new Case(account, List.of(settles(), fails(), settles()))),
                        List.of(new Case(Ids.next(), List.of(fails()))),
                        List.of(new Case(Ids.next(), List.of(settles())))));

        assertThat(settled).hasValue(3);
        assertThat(meters.counter("plimsoll.judging.failures").count()).isEqualTo(2);
    }

    private Case.Thing settles() {
        return new Case.Thing(Ids.next(), () -> Finding.nothing(settled::incrementAndGet));
    }

    private static Case.Thing fails() {
        return new Case.Thing(Ids.next(), () -> {
            throw new ArithmeticException("Division undefined");
        });
    }

    private void pass(long until) {
        pass(
                until,
                IntStream.range(0, PARTS)
                        .mapToObj(part -> List.of(new Case(Ids.next(), List.of(settles()))))
                        .toList());
    }

    private void pass(long until, List<List<Case>> parts) {
        var memory = new Memory();
        var commit = new Commit(
                new Lease(engine, Duration.ofSeconds(15)),
                stores.alerts(),
                stores.outbox(),
                memory,
                new TickTrace(Tracing.off()));
        var router = new Router(memory, shared.notices(), Instant.parse("2026-11-20T03:10:00Z"));

        new Pass(new Term(1, Optional.empty(), Optional.empty()), parts, router, commit, new Mishaps(meters), until)
                .run()
                .await()
                .atMost(Duration.ofMinutes(1));
    }
}
