package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.wire.DatabaseSpace;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** What the watch shows of itself: metrics, and one line a tick. */
@Singleton
class TickMeters {
    private final MeterRegistry registry;
    private final Memory memory;
    private final DatabaseSpace space;
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();
    private volatile Optional<Long> epoch = Optional.empty();

    @Inject
    TickMeters(MeterRegistry registry, Memory memory, DatabaseSpace space) {
        this.registry = registry;
        this.memory = memory;
        this.space = space;
    }

    /** Returns the epoch where it was taken just now. */
    Optional<Long> lease(Optional<Term> term) {
        var held = term.map(Term::epoch);
        var taken = held.filter(now -> !epoch.equals(Optional.of(now)));
        taken.ifPresent(now -> Log.infof("watch taken: epoch=%d", now));
        if (held.isEmpty() && epoch.isPresent()) {
            Log.warnf("watch lost: epoch=%d", epoch.get());
        }
        epoch = held;
        gauge("plimsoll.lease.held", "epoch", "any", held.isPresent() ? 1 : 0);
        return taken;
    }

    void record(TickReport report) {
        registry.timer("plimsoll.tick").record(report.took());
        gauge("plimsoll.positions", "judgement", "judged", report.positions() - report.unseen());
        gauge("plimsoll.positions", "judgement", "unknown", report.unseen());
        gauge("plimsoll.selected", "tick", "last", report.selected());
        gauge("plimsoll.oldest.unjudged.seconds", "tick", "last", unjudgedSeconds(report));
        Stream.of(Phase.PENDING, Phase.FIRING)
                .forEach(phase -> gauge(
                        "plimsoll.alerts",
                        "state",
                        phase.name().toLowerCase(Locale.ROOT),
                        memory.alerts().count(phase)));
        Log.debugf(
                "tick: number=%d held=%b positions=%d unseen=%d selected=%d transitions=%d stale=%d took=%s",
                report.tick().number(),
                report.held(),
                report.positions(),
                report.unseen(),
                report.selected(),
                report.transitions().size(),
                report.stale(),
                report.took());
    }

    private static long unjudgedSeconds(TickReport report) {
        return report.unseenSince()
                .map(since -> Duration.between(since, report.tick().at()).toSeconds())
                .orElse(0L);
    }

    void failed(Throwable failure) {
        space.failed(failure);
        registry.counter("plimsoll.tick.failures", "failure", failure.getClass().getSimpleName())
                .increment();
    }

    private void gauge(String name, String tag, String value, long now) {
        gauges.computeIfAbsent(name + value, key -> registry.gauge(name, Tags.of(tag, value), new AtomicLong()))
                .set(now);
    }
}
