package dev.plimsoll.ops.check;

import dev.plimsoll.wire.Limits;
import dev.plimsoll.wire.OperatorHttp;
import dev.plimsoll.wire.WireConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The doctor's own calls, side by side. It runs without the application, so it may subscribe and wait. */
record Asking(WireConfig wire) {
    static final Limits LIMITS = Limits.within(Duration.ofSeconds(5));

    /** @param calls none of them fails, and each keeps to the limits */
    <T> List<T> all(Function<OperatorHttp, List<Uni<T>>> calls) {
        var vertx = Vertx.vertx();
        try {
            var asked = calls.apply(new OperatorHttp(vertx, wire));
            return asked.isEmpty()
                    ? List.of()
                    : Uni.join()
                            .all(asked)
                            .andFailFast()
                            .subscribeAsCompletionStage()
                            .get(LIMITS.deadline().multipliedBy(2).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("what the doctor wanted to ask could not be asked", e);
        } finally {
            vertx.close();
        }
    }
}
