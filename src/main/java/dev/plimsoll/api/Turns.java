package dev.plimsoll.api;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Who may begin something that takes a while: one at a time for each account, and not too many in all. */
final class Turns {
    private static final Duration SHORTLY = Duration.ofSeconds(2);

    private final String what;
    private final int atOnce;
    private final Set<UUID> taken = new HashSet<>();

    /** @param what as a user calls it: "backtest" */
    Turns(String what, int atOnce) {
        this.what = what;
        this.atOnce = atOnce;
    }

    /** Given back however it ends. */
    <T> Uni<T> take(UUID account, Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().deferred(() -> {
            begin(account);
            return Uni.createFrom().<T>deferred(work).onTermination().invoke(() -> end(account));
        });
    }

    private synchronized void begin(UUID account) {
        if (taken.contains(account)) {
            throw Problems.rateLimited(
                    "A " + what + " of your account is running. Wait for its answer, then ask again.", SHORTLY);
        }
        if (taken.size() >= atOnce) {
            throw Problems.unavailable(
                    "As many as may run at once are running for other accounts. Ask again in a moment.", SHORTLY);
        }
        taken.add(account);
    }

    private synchronized void end(UUID account) {
        taken.remove(account);
    }
}
