package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertConfig;
import dev.plimsoll.alert.AlertStore;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillFeedStore;
import dev.plimsoll.alert.DrillFeedStore.Taken;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.pipeline.DrillStep.Move;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Writes what becomes of a drill: its row, its alert and its messages, all or nothing. */
@Singleton
class DrillWriting {
    private final RandomGenerator random = new SecureRandom();
    private final DrillFeedStore drills;
    private final AlertStore alerts;
    private final Outbox outbox;
    private final DrillNotices notices;
    private final AlertConfig config;

    @Inject
    DrillWriting(DrillFeedStore drills, AlertStore alerts, Outbox outbox, DrillNotices notices, AlertConfig config) {
        this.drills = drills;
        this.alerts = alerts;
        this.outbox = outbox;
        this.notices = notices;
        this.config = config;
    }

    /** @param step empty where there is no rule to go by */
    Uni<Void> begin(SqlConnection tx, Taken taken, Optional<DrillStep> step) {
        var obstacle = obstacle(taken, step);
        return obstacle.isPresent() ? putOff(tx, taken, obstacle.get()) : begin(tx, taken, step.orElseThrow());
    }

    private Uni<Void> begin(SqlConnection tx, Taken taken, DrillStep step) {
        var id = taken.drill().id();
        Log.infof("drill begins: drill=%s rule=%s", id, step.rule().id());
        return drills.begin(tx, id, step.rule().id()).chain(() -> write(tx, step, step.begin()));
    }

    /** Why it cannot take place now; empty where it can. */
    private Optional<String> obstacle(Taken taken, Optional<DrillStep> step) {
        if (step.isEmpty()) {
            return Optional.of("there is no rule with a critical level to go by");
        }
        if (isLate(taken)) {
            return Optional.of("nobody was there to begin it at its time");
        }
        if (!taken.reachable()) {
            return Optional.of("you have no active channel");
        }
        return taken.busy()
                .map(name -> "\"" + name + "\" was firing then")
                .or(() -> taken.silence().map(reason -> "a silence (\"" + reason + "\") was on everything"));
    }

    private boolean isLate(Taken taken) {
        var drill = taken.drill();
        return drill.window()
                .map(window -> !window.contains(taken.now(), taken.zone()))
                .orElseGet(() -> taken.now().isAfter(drill.dueAt().plus(config.drillLateness())));
    }

    /** A random one takes place at another time, while there is one. */
    private Uni<Void> putOff(SqlConnection tx, Taken taken, String why) {
        var id = taken.drill().id();
        var later = taken.drill().window().flatMap(window -> window.draw(taken.now(), taken.zone(), random));
        Log.infof("drill does not begin: drill=%s why=%s later=%s", id, why, later.isPresent());
        return later.map(due -> drills.postpone(tx, id, due))
                .orElseGet(() -> drills.end(tx, id, Drill.State.SKIPPED, Optional.of(why)));
    }

    /** @param step empty where the rule is gone */
    Uni<Void> goOn(SqlConnection tx, Taken taken, Optional<DrillStep> step) {
        var drill = taken.drill();
        return alerts.ofDrill(tx, drill.id())
                .chain(alert -> alert.isPresent() && step.isPresent()
                        ? goOn(tx, taken, step.get(), alert.get())
                        : drills.end(
                                tx,
                                drill.id(),
                                Drill.State.INTERRUPTED,
                                Optional.of("its rule was deleted or changed")));
    }

    private Uni<Void> goOn(SqlConnection tx, Taken taken, DrillStep step, Alert alert) {
        var move = step.goOn(alert);
        return move.write().transitions().isEmpty()
                ? Uni.createFrom().voidItem()
                : write(tx, step, move).chain(() -> end(tx, taken, step, move));
    }

    private Uni<Void> end(SqlConnection tx, Taken taken, DrillStep step, Move move) {
        return move.ends()
                .map(state -> {
                    Log.infof("drill is over: drill=%s state=%s", taken.drill().id(), state.word());
                    var why = state == Drill.State.INTERRUPTED ? step.why() : Optional.<String>empty();
                    return drills.end(tx, taken.drill().id(), state, why);
                })
                .orElseGet(Uni.createFrom()::voidItem);
    }

    private Uni<Void> write(SqlConnection tx, DrillStep step, Move move) {
        return alerts.write(tx, List.of(move.write())).chain(() -> outbox.put(tx, notices.of(step, move)));
    }
}
