package dev.plimsoll.pipeline;

import dev.plimsoll.unit.Tick;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the watch, tick by tick, and keeps its lease alive in between.
 *
 * <p>The scheduler looks once a second and would stretch two seconds to three, so it is asked every second and {@link Due}
 * decides. It starts no job while the last one runs, and one that never ended would be its last: each has a deadline.
 */
@Singleton
class Shift {
    private static final String EVERY_LOOK = "1s";
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** So many ticks in a row that all took too long. */
    private static final int STALLED = 3;

    /** How long another replica takes at most to find the lease free. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(5);

    private final Watch watch;
    private final Lease lease;
    private final TickMeters meters;
    private final DeadMan deadMan;
    private final Clock clock;
    private final PipelineConfig config;
    private final Duration interval;
    private final Due due;
    private final Stall stall;
    private final AtomicLong ticks = new AtomicLong();
    private volatile boolean over;

    @Inject
    Shift(Watch watch, Lease lease, TickMeters meters, DeadMan deadMan, Clock clock, PipelineConfig config) {
        if (config.every().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("plimsoll.pipeline.every is at least 1 s, was " + config.every());
        }
        this.watch = watch;
        this.lease = lease;
        this.meters = meters;
        this.deadMan = deadMan;
        this.clock = clock;
        this.config = config;
        this.interval =
                config.clockStart().isPresent() ? config.every().multipliedBy(config.clockSpeed()) : config.every();
        this.due = new Due(config.every(), System.nanoTime());
        this.stall = new Stall(
                config.tickTimeout().multipliedBy(STALLED), config.leaseTtl().plus(TAKE_OVER), System.nanoTime());
    }

    @Scheduled(identity = "watch", every = EVERY_LOOK, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tick() {
        return isIdle() || !due.at(System.nanoTime()) ? Uni.createFrom().voidItem() : run();
    }

    /** A replica that finds the lease free judges at once, whenever its next tick was planned. */
    @Scheduled(identity = "lease", every = EVERY_LOOK, concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> renew() {
        return isIdle()
                ? Uni.createFrom().voidItem()
                : lease.hold()
                        .chain(this::held)
                        .ifNoItem()
                        .after(config.leaseTtl())
                        .fail()
                        .onFailure()
                        .recoverWithUni(failure ->
                                noted("lease not renewed", failure).invoke(() -> stall.none(System.nanoTime())));
    }

    private Uni<Void> held(Optional<Term> term) {
        var now = System.nanoTime();
        meters.lease(term).ifPresent(taken -> {
            due.now(now);
            stall.none(now);
        });
        if (term.isEmpty()) {
            stall.none(now);
        }
        return stall.isOn(now, watch.sinceLoad())
                ? stepAside()
                : Uni.createFrom().voidItem();
    }

    /** What fails here may not fail elsewhere: a watch that is held and does nothing is nobody's. */
    private Uni<Void> stepAside() {
        stall.stepAside(System.nanoTime());
        Log.errorf(
                "watch given away, no tick has ended for %s: another replica may take it; see why ticks are abandoned",
                config.tickTimeout().multipliedBy(STALLED));
        return lease.release().invoke(() -> meters.lease(Optional.empty()));
    }

    /** Hears the sources that speak unasked, see {@link Watch#listen}. */
    Uni<Void> listen() {
        return Role.WATCH.isIn(config) ? watch.listen() : Uni.createFrom().voidItem();
    }

    /** No tick begins from now on; the next replica may take over. */
    Uni<Void> end() {
        over = true;
        return Role.WATCH.isIn(config) ? lease.release() : Uni.createFrom().voidItem();
    }

    /** Tick after tick without a pause while there is more to judge than one has time for. */
    private Uni<Void> run() {
        return Multi.createBy()
                .repeating()
                .uni(this::once)
                .whilst(cut -> cut && !isOver())
                .onItem()
                .ignoreAsUni();
    }

    /** Whether it was cut, see {@link TickReport#isCut}. */
    private Uni<Boolean> once() {
        due.at(System.nanoTime()); // also where it is not the scheduler that began it
        var tick = new Tick(ticks.incrementAndGet(), clock.instant(), interval);
        return watch.run(tick)
                .ifNoItem()
                .after(config.tickTimeout())
                .failWith(() -> new TickOverran(ticks.get(), config.tickTimeout()))
                .invoke(meters::record)
                .invoke(deadMan::heard)
                .invoke(report -> stall.none(System.nanoTime()))
                .map(TickReport::isCut)
                .onFailure()
                .recoverWithUni(failure -> noted("tick abandoned", failure).replaceWith(false));
    }

    private boolean isIdle() {
        return isOver() || stall.isAside(System.nanoTime());
    }

    private boolean isOver() {
        return over || !Role.WATCH.isIn(config);
    }

    /** What fails here is tried again by the next tick; only how often is worth an alarm. */
    private Uni<Void> noted(String what, Throwable failure) {
        meters.failed(failure);
        Log.warnf("%s: failure=%s why=%s", what, failure.getClass().getSimpleName(), failure.getMessage());
        return Uni.createFrom().voidItem();
    }
}
