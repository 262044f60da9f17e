package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Backlog.Chats;
import dev.plimsoll.delivery.Backlog.Length;
import dev.plimsoll.wire.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Shows what waits to be sent, and to be handled: the same on every replica. */
@Singleton
public final class BacklogMeters {
    private static final String OLDEST = "plimsoll.delivery.oldest.unsent.seconds";
    private static final String LENGTH = "plimsoll.delivery.queue.length";

    private final Backlog backlog;
    private final Level oldestUrgent;
    private final Level oldest;
    private final Level due;
    private final Level leased;
    private final Level waiting;
    private final Level unheard;
    private final Level updates;

    @Inject
    BacklogMeters(Backlog backlog, MeterRegistry registry) {
        this.backlog = backlog;
        this.oldestUrgent = Level.of(registry, OLDEST, "urgency", "critical");
        this.oldest = Level.of(registry, OLDEST, "urgency", "all");
        this.due = Level.of(registry, LENGTH, "state", "due");
        this.leased = Level.of(registry, LENGTH, "state", "leased");
        this.waiting = Level.of(registry, LENGTH, "state", "waiting");
        this.unheard = Level.of(registry, "plimsoll.telegram.unheard.seconds");
        this.updates = Level.of(registry, "plimsoll.telegram.updates.waiting");
    }

    /** Looks in the database. */
    public Uni<Void> measure() {
        return backlog.oldestUrgentUnsent()
                .invoke(age -> oldestUrgent.set(seconds(age)))
                .chain(backlog::oldestUnsent)
                .invoke(age -> oldest.set(seconds(age)))
                .chain(backlog::length)
                .invoke(this::show)
                .chain(backlog::chats)
                .invoke(this::show)
                .replaceWithVoid();
    }

    private void show(Length length) {
        due.set(length.due());
        leased.set(length.leased());
        waiting.set(length.waiting());
    }

    private void show(Chats chats) {
        unheard.set(seconds(chats.unheard()));
        updates.set(chats.waiting());
    }

    private static double seconds(Duration age) {
        return age.toMillis() / 1_000.0;
    }
}
