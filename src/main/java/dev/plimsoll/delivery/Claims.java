package dev.plimsoll.delivery;

import dev.plimsoll.delivery.ClaimRows.Place;
import dev.plimsoll.delivery.ClaimRows.Taken;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Takes due deliveries for a lease, the most urgent first. Of the same urgency every channel has its turn before any has
 * its second, however much one of them has waiting: each claim goes on in the round where the last one stopped.
 */
@Singleton
final class Claims {
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);

    private final ClaimRows rows;
    private final AtomicReferenceArray<Place> places = new AtomicReferenceArray<>(Urgency.PRIORITIES);

    @Inject
    Claims(ClaimRows rows) {
        this.rows = rows;
        for (var priority = 0; priority < Urgency.PRIORITIES; priority++) {
            places.set(priority, Place.BEGINNING);
        }
    }

    /** At most so many. What was taken before one of its statements failed is taken all the same. */
    Uni<List<Claim>> take(int free, Rooms rooms) {
        return Uni.createFrom().deferred(() -> {
            var taking = new Taking(free, rooms);
            return waiting(taking)
                    .onFailure(failure -> !taking.claims.isEmpty())
                    .recoverWithUni(Uni.createFrom()::voidItem)
                    .map(done -> List.copyOf(taking.claims));
        });
    }

    private Uni<Void> waiting(Taking taking) {
        return within(rows.waiting())
                .onItem()
                .transformToMulti(priorities -> Multi.createFrom().iterable(priorities))
                .onItem()
                .transformToUniAndConcatenate(priority -> round(priority, taking))
                .onItem()
                .ignoreAsUni();
    }

    /** From where the last one stopped to the end, and from the beginning until a whole round leaves nothing more. */
    private Uni<Void> round(int priority, Taking taking) {
        var start = places.get(priority);
        var wanted = taking.begin();
        return on(priority, start, taking)
                .chain(() -> taking.wanted() == 0 || start.equals(Place.BEGINNING) && !taking.isWorthMore(wanted)
                        ? Uni.createFrom().voidItem()
                        : round(priority, taking));
    }

    private Uni<Void> on(int priority, Place from, Taking taking) {
        return taking.wanted() == 0
                ? Uni.createFrom().voidItem()
                : within(rows.take(priority, from, taking.wanted(), taking.rooms))
                        .invoke(taken -> places.set(priority, taken.next()))
                        .invoke(taking::add)
                        .chain(taken -> taken.next().equals(Place.BEGINNING)
                                ? Uni.createFrom().voidItem()
                                : on(priority, taken.next(), taking));
    }

    private static <T> Uni<T> within(Uni<T> statement) {
        return statement.ifNoItem().after(DATABASE_TIMEOUT).fail();
    }

    /** Those whose time has come, or whose courier is gone, may be taken from now on; at most so many at once. */
    Uni<Void> wake(int most) {
        return rows.wake(most);
    }

    /** What else of its group waits for its channel and becomes one message with it; nothing where it is in none. */
    Uni<List<Claim>> companions(Claim first, int most) {
        return first.group()
                .filter(group -> most > 0)
                .map(group -> rows.companions(group, first.target().channel(), most))
                .orElseGet(() -> Uni.createFrom().item(List.of()));
    }

    /** Begins the leases anew of those that no later courier has claimed. */
    Uni<Void> extend(List<Tried> batch) {
        return rows.extend(batch);
    }

    /** What one claim has so far. */
    private static final class Taking {
        private final int free;
        private final List<Claim> claims = new ArrayList<>();
        private Rooms rooms;
        private boolean more;

        Taking(int free, Rooms rooms) {
            this.free = free;
            this.rooms = rooms;
        }

        int wanted() {
            return free - claims.size();
        }

        /** Another round; says how many are wanted. */
        int begin() {
            more = false;
            return wanted();
        }

        /** @param wanted when the last round began */
        boolean isWorthMore(int wanted) {
            return more && wanted() < wanted;
        }

        void add(Taken taken) {
            claims.addAll(taken.claims());
            more |= taken.more();
            rooms = rooms.without(
                    taken.claims().stream().map(claim -> claim.target().host()).toList());
        }
    }
}
