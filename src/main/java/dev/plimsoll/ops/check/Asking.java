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

/** Calls of commands that run without the application, and so may subscribe and wait: the doctor's and {@code apply}. */
public record Asking(WireConfig wire) {
    public static final Limits LIMITS = Limits.within(Duration.ofSeconds(5));

    /** Side by side. @param calls none of them fails, and each keeps to the limits */
    public <T> List<T> all(Function<OperatorHttp, List<Uni<T>>> calls) {
        return now(vertx -> joined(calls.apply(new OperatorHttp(vertx, wire))), LIMITS.deadline());
    }

    private static <T> Uni<List<T>> joined(List<Uni<T>> asked) {
        return asked.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(asked).andFailFast();
    }

    /** @param deadline that the work keeps to; twice as long is waited for it */
    static <T> T now(Function<Vertx, Uni<T>> work, Duration deadline) {
        var vertx = Vertx.vertx();
        try {
            return work.apply(vertx)
                    .subscribeAsCompletionStage()
                    .get(deadline.multipliedBy(2).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the doctor was interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("what the doctor wanted to ask could not be asked", e);
        } finally {
            vertx.close();
        }
    }
}
