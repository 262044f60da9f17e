package dev.plimsoll.pipeline;

import dev.plimsoll.delivery.Dispatch;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where the two halves start and end, and the only place that subscribes. The watch is run by the scheduler; the courier
 * here: woken by the database and, should that fail, by a timer.
 */
@Singleton
public class Loop {
    private static final long GATHER_MILLIS = 5;
    private static final int FIRST = 1;

    private final Shift shift;
    private final Dispatch dispatch;
    private final Wakeups wakeups;
    private final ChatRounds chat;
    private final Vertx vertx;
    private final PipelineConfig config;
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Cancellable listening = () -> {};
    private volatile boolean ending;

    @Inject
    Loop(Shift shift, Dispatch dispatch, Wakeups wakeups, ChatRounds chat, Vertx vertx, PipelineConfig config) {
        this.shift = shift;
        this.dispatch = dispatch;
        this.wakeups = wakeups;
        this.chat = chat;
        this.vertx = vertx;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        listening = shift.listen()
                .subscribe()
                .with(
                        done -> {},
                        failure -> Log.errorf(
                                "prices come by asking alone: why=%s",
                                failure.getClass().getSimpleName()));
        if (Role.COURIER.isIn(config)) {
            vertx.setPeriodic(config.courierPoll().toMillis(), timer -> round());
            wakeups.listen(this::wake)
                    .subscribe()
                    .with(
                            listening -> Log.debug("courier listens"),
                            failure -> Log.warnf("courier only polls: why=%s", failure.getMessage()));
        }
    }

    /** Another replica judges at once, while what is being answered and sent here is finished. */
    void leave(@Observes ShutdownDelayInitiatedEvent event) {
        listening.cancel();
        finish("watch", shift.end());
    }

    /** Before everything else ends: no new work, and what is under way gets its grace. */
    void end(@Observes @Priority(FIRST) ShutdownEvent event) {
        ending = true;
        listening.cancel();
        finish("watch", shift.end());
        finish("chat", chat.end());
        if (Role.COURIER.isIn(config)) {
            finish("courier", dispatch.release());
            finish("courier's wake-ups", wakeups.close());
        }
    }

    public boolean isEnding() {
        return ending;
    }

    /** A burst of notifications is one round. */
    private void wake() {
        if (woken.compareAndSet(false, true)) {
            vertx.setTimer(GATHER_MILLIS, timer -> {
                woken.set(false);
                round();
            });
        }
    }

    private void round() {
        if (!ending) {
            dispatch.round()
                    .subscribe()
                    .with(
                            claimed -> {},
                            failure -> Log.warnf(
                                    "courier's round failed: failure=%s why=%s",
                                    failure.getClass().getSimpleName(), failure.getMessage()));
        }
    }

    /** The shutdown thread has nothing else to do than to see this through. */
    private void finish(String what, Uni<Void> last) {
        try {
            last.subscribeAsCompletionStage().get(config.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            Log.warnf("%s did not end in order, which its leases make good: why=%s", what, e.toString());
        }
    }
}
