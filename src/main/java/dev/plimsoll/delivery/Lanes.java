package dev.plimsoll.delivery;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what is under way, in all and to each host.
 *
 * <p>A host that answered quickly the last time may have many under way, and more with every quick answer; any other has
 * few, so that one that hangs keeps only a few slots, and all that failed together keep a quarter. Safe for use by several
 * threads.
 */
final class Lanes {
    private static final int HOSTS = 1_000;
    private static final int TRUST_FACTOR = 32;
    private static final Duration QUICK = Duration.ofSeconds(1);

    private final int slots;
    private final int slotsPerHost;
    private final Map<String, Integer> underWay = new HashMap<>();
    private final LinkedHashMap<String, Width> widths = new LinkedHashMap<>(16, 0.75f, true);
    private final List<UniEmitter<? super Integer>> forRoom = new ArrayList<>();
    private final List<UniEmitter<? super Boolean>> forLeaving = new ArrayList<>();
    private int busy;
    private long leavings;

    /** How many a host may have under way. */
    private record Width(int most, boolean failed) {}

    Lanes(int slots, int slotsPerHost) {
        if (slots < 1 || slotsPerHost < 1) {
            throw new IllegalArgumentException("plimsoll.delivery.slots (" + slots
                    + ") and plimsoll.delivery.slots-per-host (" + slotsPerHost + ") must be 1 or more");
        }
        this.slots = slots;
        this.slotsPerHost = slotsPerHost;
    }

    synchronized boolean areIdle() {
        return busy == 0;
    }

    /** Under way or about to be claimed. */
    synchronized int taken() {
        return busy;
    }

    /** How often a slot was left so far. */
    synchronized long leavings() {
        return leavings;
    }

    /**
     * Takes all free slots: now, or when one is left; none when somebody waits for that already, who then claims for
     * both. {@link #settle} gives back what is not used.
     */
    Uni<Integer> reserve() {
        return Uni.createFrom().emitter(this::reserve);
    }

    private void reserve(UniEmitter<? super Integer> emitter) {
        takeOrWait(emitter).ifPresent(emitter::complete);
    }

    private synchronized Optional<Integer> takeOrWait(UniEmitter<? super Integer> emitter) {
        var free = slots - busy;
        if (free == 0 && forRoom.isEmpty()) {
            forRoom.add(emitter);
            return Optional.empty();
        }
        busy = slots;
        return Optional.of(free);
    }

    /**
     * True when a slot was left since, now or later; false at once when nothing is under way, or when somebody waits for
     * that already.
     */
    Uni<Boolean> leaving(long since) {
        return Uni.createFrom().emitter(emitter -> leftOrWait(since, emitter).ifPresent(emitter::complete));
    }

    private synchronized Optional<Boolean> leftOrWait(long since, UniEmitter<? super Boolean> emitter) {
        if (leavings != since) {
            return Optional.of(true);
        }
        if (underWay.isEmpty() || !forLeaving.isEmpty()) {
            return Optional.of(false);
        }
        forLeaving.add(emitter);
        return Optional.empty();
    }

    /** Of the slots reserved, these are used. */
    void settle(int reserved, List<String> hosts) {
        synchronized (this) {
            busy -= reserved - hosts.size();
            hosts.forEach(host -> underWay.merge(host, 1, Integer::sum));
        }
        wakeForRoom();
    }

    void leave(String host) {
        leave(List.of(host));
    }

    /** All at once: who waits for a slot gets all of them. */
    void leave(List<String> hosts) {
        synchronized (this) {
            busy -= hosts.size();
            leavings += hosts.size();
            hosts.forEach(host -> underWay.computeIfPresent(host, (id, count) -> count == 1 ? null : count - 1));
        }
        wakeForRoom();
        drain(forLeaving).forEach(emitter -> emitter.complete(true));
    }

    private void wakeForRoom() {
        if (hasRoom()) {
            drain(forRoom).forEach(this::reserve);
        }
    }

    private synchronized boolean hasRoom() {
        return busy < slots;
    }

    private synchronized <T> List<T> drain(List<T> waiting) {
        var drained = List.copyOf(waiting);
        waiting.clear();
        return drained;
    }

    /** What each host may still get. */
    synchronized Rooms rooms() {
        var rooms = new HashMap<String, Integer>();
        underWay.forEach((host, count) -> rooms.put(host, Math.max(0, most(host) - count)));
        var failed = new ArrayList<String>();
        widths.forEach((host, width) -> {
            rooms.putIfAbsent(host, width.most());
            if (width.failed()) {
                failed.add(host);
            }
        });
        share(failed, rooms);
        return new Rooms(rooms, slotsPerHost);
    }

    private int most(String host) {
        return Optional.ofNullable(widths.get(host)).map(Width::most).orElse(slotsPerHost);
    }

    /** Those that failed get a quarter of the slots among them, whoever was tried longest ago first. */
    private void share(List<String> failed, Map<String, Integer> rooms) {
        var left = Math.max(1, slots / 4)
                - failed.stream()
                        .mapToInt(host -> underWay.getOrDefault(host, 0))
                        .sum();
        for (var host : failed) {
            var room = Math.clamp(left, 0, rooms.get(host));
            rooms.put(host, room);
            left -= room;
        }
    }

    /** A quick answer widens the host's lane, up to three quarters of the slots; a late one halves it; none narrows it. */
    synchronized void judge(String host, boolean arrived, Duration took) {
        if (!arrived) {
            widths.put(host, new Width(slotsPerHost, true));
        } else if (took.compareTo(QUICK) <= 0) {
            var wider = Math.max(slotsPerHost * TRUST_FACTOR, most(host) + 1);
            widths.put(host, new Width(Math.min(wider, Math.max(slotsPerHost, slots * 3 / 4)), false));
        } else {
            widths.put(host, new Width(Math.max(slotsPerHost, most(host) / 2), false));
        }
        if (widths.size() > HOSTS) {
            widths.pollFirstEntry();
        }
    }
}
