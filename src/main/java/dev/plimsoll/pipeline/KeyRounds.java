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

    /** Far below the lease of a {@link dev.plimsoll.account.seal.MasterKey}, whatever the database does meanwhile. */
    private static final Duration FOLLOWING_BUDGET = Duration.ofSeconds(15);

    private static final Duration SEALING_BUDGET = Duration.ofMinutes(1);

    private final KeyRing keys;
    private final Aside following;
    private final Aside sealing;

    @Inject
    KeyRounds(KeyRing keys, MeterRegistry meters) {
        this.keys = keys;
        this.following = new Aside("followed the master keys", meters);
        this.sealing = new Aside("sealed anew what is under older master keys", meters);
    }

    @Scheduled(identity = "master-keys", every = EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> follow() {
        return following.attempt(keys.follow(), FOLLOWING_BUDGET);
    }

    /** Apart: it may take long, and meanwhile the others must hear of us. */
    @Scheduled(identity = "sealing-anew", every = EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sealAnew() {
        return sealing.attempt(keys.sealAnew(), SEALING_BUDGET);
    }
}
