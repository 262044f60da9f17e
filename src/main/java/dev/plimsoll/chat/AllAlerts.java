package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.Threads;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Acknowledges at once all that a message told of. */
@Singleton
class AllAlerts {
    private final Tenant tenant;
    private final Threads threads;
    private final AlertPresses presses;

    @Inject
    AllAlerts(Tenant tenant, Threads threads, AlertPresses presses) {
        this.tenant = tenant;
        this.threads = threads;
        this.presses = presses;
    }

    /** What is told to whoever pressed. */
    Uni<String> acknowledge(Visit visit, long message) {
        return Multi.createFrom()
                .iterable(visit.links())
                .onItem()
                .transformToUniAndConcatenate(link -> alerts(link, message))
                .onItem()
                .transformToMultiAndConcatenate(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(alert -> presses.acknowledge(visit, alert))
                .collect()
                .asList()
                .map(said -> said.isEmpty() ? AlertPresses.GONE : "Acknowledged. Everybody they are for hears of it.");
    }

    private Uni<List<UUID>> alerts(ChatLink link, long message) {
        return tenant.sql(link.account(), tx -> threads.alerts(tx, link.account(), link.channel(), message));
    }
}
