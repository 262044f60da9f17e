package dev.plimsoll.delivery.telegram;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** When those who cannot be let through now should ask again: one after the other, so that they do not all come at once. */
final class Bookings {
    private static final int NAMES = 10_000;

    private final LongSupplier nanos;
    private final Duration farthest;
    private final Map<String, Long> next = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > NAMES;
        }
    };

    /** @param farthest beyond it all are told the same */
    Bookings(LongSupplier nanos, Duration farthest) {
        this.nanos = nanos;
        this.farthest = farthest;
    }

    /**
     * @param name     whose turns they are
     * @param earliest how long it has to wait at least
     * @param interval from one turn to the next
     */
    synchronized Duration book(String name, Duration earliest, Duration interval) {
        var now = nanos.getAsLong();
        var first = now + earliest.toNanos();
        var booked = next.containsKey(name) ? Math.max(first, next.get(name)) : first;
        var turn = Math.min(booked, Math.max(first, now + farthest.toNanos()));
        next.put(name, turn + interval.toNanos());
        return Duration.ofNanos(turn - now);
    }
}
