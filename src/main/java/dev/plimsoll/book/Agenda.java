package dev.plimsoll.book;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;

/**
 * What is to be looked at when its time has come, and then at every tick until it is put off again. What was opened
 * after it was last shown cannot be put off: nobody has looked at it yet.
 */
final class Agenda {
    private record Appointment(Instant due, UUID id) {}

    private final PriorityQueue<Appointment> later = new PriorityQueue<>(Comparator.comparing(Appointment::due));
    private final Map<UUID, Instant> dues = new HashMap<>();
    private final Set<UUID> open = new LinkedHashSet<>();
    private final Set<UUID> shown = new HashSet<>();

    /** Due from now on. */
    void open(UUID id) {
        dues.remove(id);
        shown.remove(id);
        open.add(id);
    }

    /** Not before this instant; {@link Instant#MAX} means only when it is opened again. */
    void putOff(UUID id, Instant due) {
        if (!shown.remove(id)) {
            return;
        }
        open.remove(id);
        dues.put(id, due);
        if (due.isBefore(Instant.MAX)) {
            later.add(new Appointment(due, id));
        }
    }

    void remove(UUID id) {
        open.remove(id);
        shown.remove(id);
        dues.remove(id);
    }

    /** All that is due, in the order in which it became so. */
    List<UUID> due(Instant now) {
        while (!later.isEmpty() && !later.peek().due().isAfter(now)) {
            var appointment = later.poll();
            if (appointment.due().equals(dues.get(appointment.id()))) {
                open(appointment.id());
            }
        }
        shown.addAll(open);
        return List.copyOf(open);
    }
}
