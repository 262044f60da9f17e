package wreck.risk;

import io.smallrye.mutiny.Uni;

/** Judgement that is not plain Java. */
interface Reactive {
    Uni<Void> judge();
}
