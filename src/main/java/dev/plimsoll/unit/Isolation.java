package dev.plimsoll.unit;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work on one of many, whose failure must not spoil the others. */
public final class Isolation {
    private Isolation() {}

    /**
     * Does it at once, in the caller's thread.
     *
     * @param failed is told why there is no result
     */
    public static <T> Optional<T> of(Supplier<T> work, Consumer<Throwable> failed) {
        return CompletableFuture.supplyAsync(work, Runnable::run)
                .handle((done, failure) -> {
                    if (failure != null) {
                        failed.accept(Optional.ofNullable(failure.getCause()).orElse(failure));
                    }
                    return Optional.ofNullable(done);
                })
                .getNow(Optional.empty());
    }

    /** Where in our code a failure began, for the log: its message may hold what people wrote. */
    public static String place(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.plimsoll."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("unknown");
    }
}
