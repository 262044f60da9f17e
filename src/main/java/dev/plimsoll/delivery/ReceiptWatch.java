package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.alert.Act;
import dev.plimsoll.delivery.Receipts.Due;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.stream.Collectors;

/**
 * Asks receivers what became of messages that left a receipt: what somebody acknowledged there is acknowledged here.
 *
 * <p>Receipts wait in the database, so any replica asks for them, one at a time for each, and none is forgotten over a
 * restart. A few at once, however many wait: those services count calls.
 */
@Singleton
public final class ReceiptWatch {
    private static final int SIDE_BY_SIDE = 2;

    private final Receipts receipts;
    private final Kinds kinds;
    private final SecretBox box;
    private final Acts acts;
    private final Clock clock;
    private final int most;

    @Inject
    ReceiptWatch(Receipts receipts, Kinds kinds, SecretBox box, Acts acts, Clock clock, DeliveryConfig config) {
        this.receipts = receipts;
        this.kinds = kinds;
        this.box = box;
        this.acts = acts;
        this.clock = clock;
        this.most = config.pushover().asksAtOnce();
    }

    /** Asks for some of those that are due. @return how many were asked for */
    public Uni<Integer> round() {
        return receipts.take(most)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUni(
                        due -> Uni.createFrom().deferred(() -> ask(due))) // one that does not open stops no other
                .collectFailures()
                .merge(SIDE_BY_SIDE)
                .collect()
                .with(Collectors.summingInt(one -> 1));
    }

    private Uni<Due> ask(Due due) {
        return kinds.of(due.target().kind())
                .follow(due.target().open(due.account(), box), due.reference())
                .chain(sighting -> settle(due, sighting))
                .replaceWith(due);
    }

    private Uni<Void> settle(Due due, Sighting sighting) {
        return switch (sighting) {
            case Sighting.Waiting(var again) -> receipts.askAgain(due.delivery(), again);
            case Sighting.Acknowledged(var at, var by) ->
                acts.act(due.account(), due.alert(), new Act.Acknowledge(clock.instant(), by))
                        .invoke(result -> Log.infof(
                                "acknowledged at a receiver: kind=%s channel=%s alert=%s result=%s",
                                due.target().kind(),
                                due.target().channel(),
                                due.alert(),
                                result.getClass().getSimpleName()))
                        .chain(() -> receipts.drop(due.delivery()));
            case Sighting.Over(var why) -> receipts.drop(due.delivery());
        };
    }
}
