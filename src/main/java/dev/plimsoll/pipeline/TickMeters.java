package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertState.Phase;
import dev.plimsoll.wire.DatabaseSpace;
import dev.plimsoll.wire.Level;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the watch shows of itself: metrics, and one line a tick. */
@Singleton
class TickMeters {
    private static final Duration[] STEPS = Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Memory memory;
    private final DatabaseSpace space;
    private final Duration every;
    private final Timer judging;
    private final Timer standingBy;
    private final Counter overruns;
    private final Level leaseHeld;
    private final Level leaseEpoch;
    private final Level judged;
    private final Level unknown;
    private final Level oldestUnknown;
    private final Level selected;
    private final BookMeters book;
    private final Map<Phase, Level> alerts = new EnumMap<>(Phase.class);
    private volatile Optional<Long> epoch = Optional.empty();
    private volatile long last = System.nanoTime();

    @Inject
    TickMeters(MeterRegistry registry, Memory memory, DatabaseSpace space, PipelineConfig config) {
        this.registry = registry;
        this.memory = memory;
        this.space = space;
        this.every = config.every();
        this.judging = ticks("watch");
        this.standingBy = ticks("standby");
        this.overruns = registry.counter("plimsoll.tick.overruns");
        this.leaseHeld = Level.of(registry, "plimsoll.lease.held");
        this.leaseEpoch = Level.of(registry, "plimsoll.lease.epoch");
        this.judged = Level.of(registry, "plimsoll.positions", "judgement", "judged");
        this.unknown = Level.of(registry, "plimsoll.positions", "judgement", "unknown");
        this.oldestUnknown = Level.of(registry, "plimsoll.position.oldest.unknown.seconds");
        this.selected = Level.of(registry, "plimsoll.tick.selected");
        this.book = new BookMeters(registry);
        Stream.of(Phase.PENDING, Phase.FIRING).forEach(phase -> alerts.put(phase, alerts(phase)));
        List.of(TickOverran.class, LeaseLost.class).forEach(this::failures);
        registry.gauge("plimsoll.tick.age.seconds", this, TickMeters::age);
    }

    private Timer ticks(String role) {
        return Timer.builder("plimsoll.tick.duration")
                .tag("role", role)
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    private Level alerts(Phase phase) {
        return Level.of(registry, "plimsoll.alerts", "state", phase.name().toLowerCase(Locale.ROOT));
    }

    private Counter failures(Class<?> kind) {
        return registry.counter("plimsoll.tick.failures", "failure", kind.getSimpleName());
    }

    /** In seconds, by the monotonic clock. */
    private double age() {
        return Duration.ofNanos(System.nanoTime() - last).toMillis() / 1_000.0;
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
        leaseHeld.set(held.isPresent() ? 1 : 0);
        held.ifPresent(leaseEpoch::set);
        return taken;
    }

    void record(TickReport report) {
        last = System.nanoTime();
        (report.held() ? judging : standingBy).record(report.took());
        if (report.held() && report.took().compareTo(every) > 0) {
            overruns.increment();
        }
        judged.set(report.held() ? report.positions() - report.unseen() : 0);
        unknown.set(report.held() ? report.unseen() : 0);
        oldestUnknown.set(report.held() ? unknownSeconds(report) : 0);
        selected.set(report.selected());
        book.show(memory.book().census());
        alerts.forEach((phase, level) -> level.set(memory.alerts().count(phase)));
        log(report);
    }

    private static void log(TickReport report) {
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

    private static long unknownSeconds(TickReport report) {
        return report.unseenSince()
                .map(since -> Duration.between(since, report.tick().at()).toSeconds())
                .orElse(0L);
    }

    void failed(Throwable failure) {
        space.failed(failure);
        failures(failure.getClass()).increment();
        if (failure instanceof TickOverran) {
            overruns.increment();
        }
    }
}
