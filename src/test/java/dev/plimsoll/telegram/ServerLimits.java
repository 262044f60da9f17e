package dev.plimsoll.telegram;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much the server takes: a short burst and then one message a second in each chat, 20 in any minute in a group, 30 in any
 * second in all. Whoever goes on meanwhile waits longer.
 */
final class ServerLimits {
    private static final int BURST = 3;
    private static final int GROUP = 20;
    private static final int ALL = 30;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanos;
    private final Map<Long, Deque<Long>> chats = new HashMap<>();
    private final Deque<Long> all = new ArrayDeque<>();

    ServerLimits(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Seconds to wait where it is too much; nothing is counted then. */
    Optional<Long> refuse(long chat) {
        var now = nanos.getAsLong();
        var seen = chats.computeIfAbsent(chat, any -> new ArrayDeque<>());
        forget(seen, now - MINUTE);
        forget(all, now - SECOND);
        var lately = seen.stream().filter(at -> at > now - BURST * SECOND).count();
        if (chat < 0 && seen.size() >= GROUP) {
            return Optional.of(1 + (seen.peekFirst() + MINUTE - now) / SECOND);
        }
        if (lately >= BURST) {
            return Optional.of(2L);
        }
        if (all.size() >= ALL) {
            return Optional.of(1L);
        }
        seen.addLast(now);
        all.addLast(now);
        return Optional.empty();
    }

    private static void forget(Deque<Long> times, long before) {
        while (!times.isEmpty() && times.peekFirst() <= before) {
            times.removeFirst();
        }
    }
}
