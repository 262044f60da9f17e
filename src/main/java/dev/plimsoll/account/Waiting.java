package dev.plimsoll.account;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Who waits for the database on behalf of an account: not for long and not too many at once, so that one that is frozen
 * fills no memory and everybody hears soon that it is. What was begun may be done all the same.
 */
@ApplicationScoped
class Waiting {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST = 1_000;

    private final Duration longest;
    private final int most;
    private final AtomicInteger waiting = new AtomicInteger();

    @Inject
    Waiting() {
        this(LONGEST, MOST);
    }

    Waiting(Duration longest, int most) {
        this.longest = longest;
        this.most = most;
    }

    /** Fails with a {@link TimeoutException} after a while, or at once where too many wait. */
    <T> Uni<T> bounded(Supplier<Uni<T>> access) {
        return Uni.createFrom().deferred(() -> {
            if (waiting.incrementAndGet() > most) {
                waiting.decrementAndGet();
                return Uni.createFrom().failure(new TimeoutException());
            }
            return access.get().ifNoItem().after(longest).fail().onTermination().invoke(waiting::decrementAndGet);
        });
    }
}
