package wreck.delivery;

import io.smallrye.mutiny.Uni;

/** Starts work that nobody owns. */
final class Subscribes {
    void byItself(Uni<Void> work) {
        work.subscribeAsCompletionStage();
    }
}
