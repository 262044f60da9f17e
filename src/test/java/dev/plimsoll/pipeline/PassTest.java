package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.Tracing;
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

    private void pass(long until) {
        var memory = new Memory();
        var commit = new Commit(
                new Lease(engine, Duration.ofSeconds(15)),
                stores.alerts(),
                stores.outbox(),
                memory,
                new TickTrace(Tracing.off()));
        var router = new Router(memory, shared.notices(), Instant.parse("2026-11-20T03:10:00Z"));
        var parts = IntStream.range(0, PARTS)
                .mapToObj(part ->
                        List.of(new Case(Ids.next(), List.of(() -> Finding.nothing(settled::incrementAndGet)))))
                .toList();

        new Pass(new Term(1, Optional.empty(), Optional.empty()), parts, router, commit, until)
                .run()
                .await()
                .atMost(Duration.ofMinutes(1));
    }
}
