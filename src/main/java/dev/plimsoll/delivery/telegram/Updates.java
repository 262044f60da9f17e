package dev.plimsoll.delivery.telegram;

import io.smallrye.mutiny.Uni;

/**
 * What happens in chats, for whoever acts on it; implementations are beans, found by CDI.
 *
 * <p>Those of one chat come one after another, in order, on any replica; those of several chats side by side. Each is handled
 * once, but once more where the process dies between the handling and the note of it. Where twice would do harm, {@link
 * Inbox#settle} notes in the transaction of the handling itself that its work is done; then only {@link #resume} is left.
 */
public interface Updates {

    /**
     * One that fails is tried twice more, a little later; then it is dropped and counted. One that fails with {@link NotYet} is
     * not handled again: what is left of it is done when the pause is over, while other chats are handled.
     */
    Uni<Void> handle(Update update);

    /** One whose work is done, and whose handling broke off after it: somebody still waits for an answer. */
    default Uni<Void> resume(Update update) {
        return Uni.createFrom().voidItem();
    }
}
