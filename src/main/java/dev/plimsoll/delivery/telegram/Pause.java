package dev.plimsoll.delivery.telegram;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Waits without keeping a thread, and goes on where it began: whoever wakes us must not go on with our work. */
public final class Pause {
    private Pause() {}

    public static Uni<Void> of(Duration time) {
        return Uni.createFrom()
                .deferred(() ->
                        Uni.createFrom().voidItem().onItem().delayIt().by(time).emitOn(here()));
    }

    private static Executor here() {
        var context = Vertx.currentContext();
        return context == null ? Runnable::run : step -> context.runOnContext(nothing -> step.run());
    }
}
