package dev.plimsoll.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work beside the judging, which may fail without harm because it is tried again: each failure is counted, the first of
 * them logged, and that it works again.
 */
final class Aside {
    private final String what;
    private final Counter failures;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param what a few words for the log and the metric: "prices recorded" */
    Aside(String what, MeterRegistry meters) {
        this.what = what;
        this.failures = meters.counter("plimsoll.aside.failures", "what", what);
    }

    /** Never fails, and ends within this time. */
    Uni<Void> attempt(Uni<Void> work, Duration budget) {
        return work.ifNoItem()
                .after(budget)
                .fail()
                .invoke(this::works)
                .onFailure()
                .invoke(this::fails)
                .onFailure()
                .recoverWithUni(Uni.createFrom()::voidItem);
    }

    private void works() {
        if (failing.compareAndSet(true, false)) {
            Log.infof("%s again", what);
        }
    }

    private void fails(Throwable failure) {
        failures.increment();
        if (failing.compareAndSet(false, true)) {
            Log.warnf(
                    "not %s, tried again until it works: failure=%s why=%s",
                    what, failure.getClass().getSimpleName(), failure.getMessage());
        }
    }
}
