package dev.plimsoll.pipeline;

import dev.plimsoll.account.seal.KeyRing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Every replica follows the master key file, whatever else it does: all of them seal and open. */
@Singleton
class KeyRounds {
    private static final String EVERY = "10s";
    private static final Duration BUDGET = Duration.ofMinutes(1);

    private final KeyRing keys;
    private final Aside following;

    @Inject
    KeyRounds(KeyRing keys, MeterRegistry meters) {
        this.keys = keys;
        this.following = new Aside("followed the master keys", meters);
    }

    @Scheduled(identity = "master-keys", every = EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return following.attempt(keys.round(), BUDGET);
    }
}
