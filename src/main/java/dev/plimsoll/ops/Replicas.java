package dev.plimsoll.ops;

import dev.plimsoll.ops.check.ReplicasCheck;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Notices other replicas on the same database that nobody made this one ready for, and says so in log and health. Never down:
 * each of them watches and tells as it should.
 */
@Readiness
@Singleton
class Replicas implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool engine;
    private final ReplicasCheck check;
    private final AtomicReference<Seen> seen = new AtomicReference<>(new Seen(1, Optional.empty(), false));

    @Inject
    Replicas(@ReactiveDataSource("engine") Pool engine, Config config) {
        this.engine = engine;
        this.check = new ServerSettings(config).replicas();
    }

    /** @param told whether the log says it; not at the first look, as one that was just killed is counted for a while */
    private record Seen(int running, Optional<String> fault, boolean told) {}

    @Scheduled(identity = "replicas", every = "31s", delayed = "31s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return engine.query(ReplicasCheck.RUNNING)
                .execute()
                .map(rows -> rows.iterator().next().getInteger("running"))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .invoke(this::note)
                .onFailure()
                .recoverWithItem(() -> seen.get().running())
                .replaceWithVoid();
    }

    private void note(int running) {
        var before = seen.get();
        var fault = check.fault(running);
        var again = fault.isPresent() && before.fault().isPresent();
        if (again && !before.told()) {
            Log.warn(fault.get());
        }
        seen.set(new Seen(running, fault, again));
    }

    @Override
    public HealthCheckResponse call() {
        var now = seen.get();
        var answer = HealthCheckResponse.named("replicas").up().withData("running", now.running());
        now.fault().ifPresent(why -> answer.withData("why", why));
        return answer.build();
    }
}
