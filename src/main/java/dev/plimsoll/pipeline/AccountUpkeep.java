package dev.plimsoll.pipeline;

import dev.plimsoll.account.LastSeen;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What must be written or forgotten of accounts now and then, by every replica. */
@Singleton
class AccountUpkeep {
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final LastSeen seen;
    private final Pool engine;
    private final Aside writing;
    private final Aside forgetting;

    @Inject
    AccountUpkeep(LastSeen seen, @ReactiveDataSource("engine") Pool engine, MeterRegistry meters) {
        this.seen = seen;
        this.engine = engine;
        this.writing = new Aside("wrote who was seen", meters);
        this.forgetting = new Aside("forgot old answers", meters);
    }

    @Scheduled(identity = "accounts-seen", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> writeSeen() {
        return writing.attempt(seen.write(), BUDGET);
    }

    /** Answers to requests with an Idempotency-Key, also of accounts that send no more of them. */
    @Scheduled(identity = "old-answers", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return forgetting.attempt(
                engine.query("delete from idempotency where created_at <= now() - interval '24 hours'")
                        .execute()
                        .replaceWithVoid(),
                BUDGET);
    }
}
