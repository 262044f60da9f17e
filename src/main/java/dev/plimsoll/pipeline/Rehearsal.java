package dev.plimsoll.pipeline;

import dev.plimsoll.rule.AssetReadings;
import dev.plimsoll.unit.AssetRegistry;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides a made-up fall of prices some thousand times soon after a start, and forgets what comes of it. The first real
 * one would otherwise be decided by code that was never run: at ten times the cost of code that the JVM has compiled, and
 * beside the compiler. Nothing is written, and the book that is watched is not touched.
 */
@Singleton
class Rehearsal {
    private static final String SOON = "5s"; // when the start itself is over
    private static final String HARDLY_EVER = "24h"; // what is asked of the scheduler cannot be asked once

    private final AssetRegistry assets;
    private final Notices notices;
    private final int wanted;
    private final AtomicBoolean over = new AtomicBoolean();

    @Inject
    Rehearsal(AssetRegistry assets, Notices notices, PipelineConfig config) {
        this.assets = assets;
        this.notices = notices;
        this.wanted = config.rehearsal();
    }

    @Scheduled(identity = "rehearsal", every = HARDLY_EVER, delayed = SOON)
    Uni<Void> once() {
        return wanted == 0 || over.getAndSet(true)
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .item(() -> decide(wanted))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(decided -> Log.debugf("rehearsed: decisions=%d", decided))
                        .replaceWithVoid();
    }

    /** At least so many alerts, where there is anything to play with; how many. */
    int decide(int alerts) {
        var play = new Play(assets);
        var decided = 0;
        for (var more = !play.isEmpty(); more && decided < alerts; ) {
            var now = decide(play);
            decided += now;
            more = now > 0;
        }
        return decided;
    }

    /** Everything once, as in a tick that is never committed. */
    private int decide(Play play) {
        var memory = play.memory();
        var at = play.market().tick().at();
        var readings = new AssetReadings(play.market(), play.trail());
        var sweep = new Sweep(
                memory,
                assets,
                readings,
                Continuity.from(Optional.empty()).next(play.market().tick()));
        var router = new Router(memory, notices, at);
        return memory.book().select(readings, at).positions().stream()
                .map(one -> router.route(one.position().account(), List.of(sweep.position(one))))
                .mapToInt(decisions ->
                        decisions.stream().mapToInt(one -> one.notices().size()).sum())
                .sum();
    }
}
