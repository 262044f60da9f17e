package dev.plimsoll.pipeline;

import dev.plimsoll.unit.Isolation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps what an error of ours does to one from everybody else: it is counted, the first of each is logged, and nothing of
 * it is settled, so that every tick tries again.
 */
@Singleton
class Mishaps {
    /** An error may strike every position there is; the counter tells how often. */
    private static final int MOST_LOGGED = 100;

    private final Counter count;
    private final Set<UUID> logged = ConcurrentHashMap.newKeySet();

    @Inject
    Mishaps(MeterRegistry meters) {
        this.count = meters.counter("plimsoll.judging.failures");
    }

    /**
     * What the work brings; empty where it fails.
     *
     * @param whose position, rule or account, for the log
     */
    <T> Optional<T> spare(UUID whose, Supplier<T> work) {
        return Isolation.of(work, failure -> note(whose, failure));
    }

    private void note(UUID whose, Throwable failure) {
        count.increment();
        if (logged.size() < MOST_LOGGED && logged.add(whose)) {
            Log.errorf(
                    "not judged by an error of ours, every tick tries again: id=%s failure=%s at=%s; report it,"
                            + " nobody is told of this position, rule or account meanwhile",
                    whose, failure.getClass().getSimpleName(), Isolation.place(failure));
        }
    }
}
