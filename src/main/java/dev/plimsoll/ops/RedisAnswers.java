package dev.plimsoll.ops;

import io.quarkus.logging.Log;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether Redis answers, for log and health. Never down: alerting goes on without it. */
@Readiness
@Singleton
class RedisAnswers implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReactiveRedisDataSource redis;
    private final AtomicBoolean answers = new AtomicBoolean(true);

    @Inject
    RedisAnswers(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    @Scheduled(identity = "redis", every = "10s", delayed = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return redis.execute("PING")
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWithVoid()
                .invoke(this::works)
                .onFailure()
                .invoke(this::fails)
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private void works() {
        if (answers.compareAndSet(false, true)) {
            Log.info("Redis answers again");
        }
    }

    private void fails(Throwable failure) {
        if (answers.compareAndSet(true, false)) {
            Log.warnf(
                    "Redis does not answer: alerting goes on without it, and each replica counts limits alone; ./plimsoll doctor says"
                            + " more: why=%s",
                    cause(failure));
        }
    }

    /** Its kind alone: what it says may hold a URL. */
    private static String cause(Throwable failure) {
        return Stream.iterate(failure, some -> some != null, Throwable::getCause)
                .reduce((before, last) -> last)
                .orElse(failure)
                .getClass()
                .getSimpleName();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis")
                .up()
                .withData("answers", answers.get())
                .build();
    }
}
