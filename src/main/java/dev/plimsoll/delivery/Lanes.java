package dev.plimsoll.delivery;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Counts what is under way, in all and to each channel.
 *
 * <p>A channel whose last attempt arrived may have many under way, because its receiver is quick; any other has few,
 * so that a receiver that hangs keeps only a few slots. Safe for use by several threads.
 */
final class Lanes {
    private static final int TRUSTED_CHANNELS = 1_000;
    private static final int TRUST_FACTOR = 32;

    private final int slots;
    private final int slotsPerChannel;
    private final Map<UUID, Integer> underWay = new HashMap<>();
    private final LinkedHashMap<UUID, Boolean> trusted = new LinkedHashMap<>(16, 0.75f, true);
    private final List<UniEmitter<? super Integer>> forRoom = new ArrayList<>();
    private final List<UniEmitter<? super Boolean>> forLeaving = new ArrayList<>();
    private int busy;
    private long leavings;

    Lanes(int slots, int slotsPerChannel) {
        if (slots < 1 || slotsPerChannel < 1) {
            throw new IllegalArgumentException("plimsoll.delivery.slots (" + slots
                    + ") and plimsoll.delivery.slots-per-channel (" + slotsPerChannel + ") must be 1 or more");
        }
        this.slots = slots;
        this.slotsPerChannel = slotsPerChannel;
    }

    synchronized boolean areIdle() {
        return busy == 0;
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
    void settle(int reserved, List<UUID> channels) {
        synchronized (this) {
            busy -= reserved - channels.size();
            channels.forEach(channel -> underWay.merge(channel, 1, Integer::sum));
        }
        wakeForRoom();
    }

    void leave(UUID channel) {
        synchronized (this) {
            busy--;
            leavings++;
            underWay.computeIfPresent(channel, (id, count) -> count == 1 ? null : count - 1);
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

    /** What each channel may still get that does not get the usual. */
    synchronized Map<UUID, Integer> rooms() {
        var rooms = new HashMap<UUID, Integer>();
        trusted.keySet().forEach(channel -> rooms.put(channel, slotsPerChannel * TRUST_FACTOR));
        underWay.forEach((channel, count) ->
                rooms.put(channel, Math.max(0, rooms.getOrDefault(channel, slotsPerChannel) - count)));
        return rooms;
    }

    /** Whether the last attempt arrived decides how much the channel gets. */
    synchronized void judge(UUID channel, boolean arrived) {
        if (arrived) {
            trusted.put(channel, true);
        } else {
            trusted.remove(channel);
        }
        if (trusted.size() > TRUSTED_CHANNELS) {
            trusted.pollFirstEntry();
        }
    }
}
