package dev.plimsoll.wire;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets a few through at once; the others wait in the order in which they came. Whoever is cancelled leaves its place,
 * waiting or inside. Safe for use by several threads.
 */
public final class Turnstile {
    private final int atOnce;
    private final Map<Object, UniEmitter<? super Void>> waiting = new LinkedHashMap<>();
    private final Set<Object> inside = new HashSet<>();

    /** @param atOnce how many may be inside */
    public Turnstile(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Does this when it is its turn; its place is free again however it ends. */
    public <T> Uni<T> pass(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().deferred(() -> {
            var ticket = new Object();
            return Uni.createFrom()
                    .<Void>emitter(turn -> queue(ticket, turn))
                    .<T>chain(work)
                    .onTermination()
                    .invoke(() -> leave(ticket));
        });
    }

    private void queue(Object ticket, UniEmitter<? super Void> turn) {
        synchronized (this) {
            waiting.put(ticket, turn);
        }
        admitted().ifPresent(emitter -> emitter.complete(null));
    }

    private void leave(Object ticket) {
        synchronized (this) {
            waiting.remove(ticket);
            inside.remove(ticket);
        }
        admitted().ifPresent(emitter -> emitter.complete(null));
    }

    /** Whose turn it is, if there is room. */
    private synchronized Optional<UniEmitter<? super Void>> admitted() {
        if (inside.size() >= atOnce || waiting.isEmpty()) {
            return Optional.empty();
        }
        var next = waiting.keySet().iterator().next();
        inside.add(next);
        return Optional.of(waiting.remove(next));
    }
}
