package dev.plimsoll.ops;

import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive means: a restart would not help. It never asks the database, whose outage a restart would only prolong.
 *
 * <p>That an event loop answers this call is the other half of the proof.
 */
@Liveness
@Singleton
class ThreadsAlive implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        var deadlocked = Optional.ofNullable(ManagementFactory.getThreadMXBean().findDeadlockedThreads())
                .map(threads -> threads.length)
                .orElse(0);
        return HealthCheckResponse.named("threads")
                .status(deadlocked == 0)
                .withData("deadlocked", deadlocked)
                .build();
    }
}
