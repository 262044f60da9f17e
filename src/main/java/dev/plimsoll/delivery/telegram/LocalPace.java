package dev.plimsoll.delivery.telegram;

import dev.plimsoll.delivery.telegram.Draw.Bound;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The limits as this process alone counts them, for as long as Redis cannot be asked. */
final class LocalPace {
    /** Far more chats than get something within a minute; the longest unseen goes first. */
    private static final int CHATS = 10_000;

    private final LongSupplier micros;
    private final Deque<Long> all = new ArrayDeque<>();
    private final Map<String, Deque<Long>> chats = recent();
    private final Map<String, Long> rests = recent();
    private final Map<String, Long> resting = new HashMap<>();
    private long restUntil;

    /** @param nanos the monotonic clock */
    LocalPace(LongSupplier nanos) {
        this.micros = () -> TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong());
        this.restUntil = micros.getAsLong();
    }

    synchronized Draw draw(Caps caps, Ask ask) {
        var now = micros.getAsLong();
        var rest = Math.max(restUntil, rests.getOrDefault(ask.chat(), now)) - now;
        if (rest > 0) {
            return new Draw.Waits(Bound.REST, pause(rest));
        }
        var longest = wait(all, caps.all(), ask, now);
        var bound = Bound.ALL;
        for (var cap : caps.of(ask.group())) {
            var wait = wait(log(ask), cap, ask, now);
            bound = wait > longest ? Bound.CHAT : bound;
            longest = Math.max(longest, wait);
        }
        return longest > 0 ? new Draw.Waits(bound, pause(longest)) : granted(caps, ask, now);
    }

    private Draw granted(Caps caps, Ask ask, long now) {
        note(caps, ask, now);
        return new Draw.Granted(now);
    }

    /** Somebody else let it through. */
    synchronized void note(Caps caps, Ask ask) {
        note(caps, ask, micros.getAsLong());
    }

    private void note(Caps caps, Ask ask, long now) {
        keep(all, caps.all().calls(), now);
        var most = caps.of(ask.group()).stream().mapToInt(Cap::calls).max().orElseThrow();
        keep(log(ask), most, now);
    }

    private static void keep(Deque<Long> log, int most, long now) {
        log.addLast(now);
        while (log.size() > most) {
            log.removeFirst();
        }
    }

    private Deque<Long> log(Ask ask) {
        return chats.computeIfAbsent(ask.chat(), any -> new ArrayDeque<>());
    }

    private static long wait(Deque<Long> log, Cap cap, Ask ask, long now) {
        var usable = cap.usable(ask.precedence());
        if (log.size() < usable) {
            return 0;
        }
        List<Long> times = new ArrayList<>(log);
        return times.get(times.size() - usable) + cap.span().toNanos() / 1_000 - now;
    }

    /** Telegram asked for it. */
    synchronized void rest(Ask ask, Duration pause) {
        var now = micros.getAsLong();
        var until = now + pause.toNanos() / 1_000;
        rests.put(ask.chat(), until);
        resting.put(ask.chat(), now);
        resting.values().removeIf(at -> at < now - Pace.SAME_FLOOD.toNanos() / 1_000);
        if (resting.size() >= Pace.CHATS_OF_A_FLOOD) {
            restUntil = Math.max(restUntil, until);
        }
    }

    private static Duration pause(long micros) {
        return Duration.ofMillis(Math.ceilDiv(micros, 1_000));
    }

    private static <T> Map<String, T> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > CHATS;
            }
        };
    }
}
