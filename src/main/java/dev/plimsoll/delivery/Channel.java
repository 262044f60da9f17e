package dev.plimsoll.delivery;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** A way to reach a person. Implementations are beans in {@code delivery.channel}, one file each, found by CDI. */
public interface Channel {

    /** As in the channel's row: {@code webhook}. */
    String kind();

    /** Whether what is many at once becomes one message here. Never where programs read, or somebody is woken. */
    boolean groups();

    /** What is sent, frozen at the first attempt. */
    String body(Receiver to, Message message);

    /**
     * One attempt. Never fails: whatever goes wrong outside is an {@link Outcome}.
     *
     * @param parcel its body as it was frozen
     */
    Uni<Outcome> send(Receiver to, Parcel parcel);

    /**
     * @param id the same on every attempt of a delivery
     * @param at real time of the attempt, by the database or the system, never by a replay's clock
     */
    record Parcel(UUID id, Instant at, String body) {}
}
