package dev.plimsoll.wire;

import dev.plimsoll.wire.UrlGuard.Allowed;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;

/** The hosts whose last answer was complete within five seconds. Safe for use by several threads. */
final class QuickHosts {
    private static final Duration QUICK = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final LinkedHashMap<Host, Boolean> quick = new LinkedHashMap<>(16, 0.75f, true);

    private record Host(String name, int port) {
        static Host of(Allowed url) {
            return new Host(url.host(), url.port());
        }
    }

    synchronized boolean contain(Allowed url) {
        return quick.containsKey(Host.of(url));
    }

    /** The same call; how long it takes decides whether its host belongs here. */
    Uni<Reply> watch(Allowed url, Uni<Reply> call) {
        return Uni.createFrom().deferred(() -> {
            var start = System.nanoTime();
            return call.invoke(reply -> judge(Host.of(url), System.nanoTime() - start <= QUICK.toNanos()))
                    .onFailure()
                    .invoke(failure -> judge(Host.of(url), false));
        });
    }

    private synchronized void judge(Host host, boolean isQuick) {
        if (isQuick) {
            quick.put(host, true);
        } else {
            quick.remove(host);
        }
        if (quick.size() > MOST) {
            quick.pollFirstEntry();
        }
    }
}
