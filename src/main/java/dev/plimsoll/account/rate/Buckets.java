package dev.plimsoll.account.rate;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Token buckets, shared through Redis. While Redis fails or is slow, this process counts alone: limits loosen by the number
 * of replicas, and nothing is refused for it.
 */
@ApplicationScoped
public class Buckets {
    /** After a failure Redis is left alone for so long: not every request shall pay for it. */
    private static final long REST_NANOS = Duration.ofSeconds(1).toNanos();

    private final SharedBuckets shared;
    private final Duration patience;
    private final LocalBuckets local = new LocalBuckets();
    private final AtomicLong restUntil = new AtomicLong(System.nanoTime());

    Buckets(SharedBuckets shared, @ConfigProperty(name = "plimsoll.api.limits.patience") Duration patience) {
        this.shared = shared;
        this.patience = patience;
    }

    /** One token of each, in their order. */
    public Uni<List<Draw>> draw(List<Bucket> buckets) {
        return Uni.createFrom().deferred(() -> isResting() ? alone(buckets) : together(buckets));
    }

    private boolean isResting() {
        return restUntil.get() - System.nanoTime() > 0;
    }

    private Uni<List<Draw>> together(List<Bucket> buckets) {
        return shared.draw(buckets)
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure()
                .invoke(this::rest)
                .onFailure()
                .recoverWithUni(() -> alone(buckets))
                .emitOn(here());
    }

    private Uni<List<Draw>> alone(List<Bucket> buckets) {
        return Uni.createFrom()
                .item(() -> buckets.stream()
                        .map(bucket -> local.draw(bucket, System.nanoTime()))
                        .toList());
    }

    private void rest(Throwable why) {
        restUntil.set(System.nanoTime() + REST_NANOS);
        Log.debugf("limits counted alone: why=%s", why.getClass().getSimpleName());
    }

    /** A time-out fires on another thread, which must not go on with the request. */
    private static Executor here() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : step -> context.runOnContext(nothing -> step.run());
    }
}
