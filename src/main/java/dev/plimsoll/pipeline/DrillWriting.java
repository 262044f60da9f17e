package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.alert.AlertConfig;
import dev.plimsoll.alert.AlertStore;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillFeedStore;
import dev.plimsoll.alert.DrillFeedStore.Taken;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.pipeline.DrillMove.Ending;
import dev.plimsoll.rule.Rule;
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
        return drills.begin(tx, id, step.rule().id()).chain(() -> write(tx, step.begin()));
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

    /**
     * @param rule by which it goes; empty where that is gone
     * @param step empty where there is no rule to go by
     */
    Uni<Void> goOn(SqlConnection tx, Taken taken, Optional<Rule> rule, Optional<DrillStep> step) {
        var drill = taken.drill();
        return alerts.ofDrill(tx, drill.id())
                .chain(found -> found.map(alert -> goOn(tx, drill, move(taken, alert, rule, step)))
                        .orElseGet(() ->
                                end(tx, drill, new Ending(Drill.State.INTERRUPTED, Optional.of("its alert is gone")))));
    }

    private static DrillMove move(Taken taken, Alert alert, Optional<Rule> rule, Optional<DrillStep> step) {
        return step.map(known -> known.goOn(alert)).orElseGet(() -> {
            var end = new DrillEnd(taken, alert, Optional.empty());
            return end.due().orElseGet(() -> end.ladderGone(rule));
        });
    }

    private Uni<Void> goOn(SqlConnection tx, Drill drill, DrillMove move) {
        return move.write().transitions().isEmpty()
                ? Uni.createFrom().voidItem()
                : write(tx, move)
                        .chain(() -> move.ends()
                                .map(ending -> end(tx, drill, ending))
                                .orElseGet(Uni.createFrom()::voidItem));
    }

    private Uni<Void> end(SqlConnection tx, Drill drill, Ending ending) {
        Log.infof(
                "drill is over: drill=%s state=%s why=%s",
                drill.id(), ending.state().word(), ending.why().orElse("-"));
        return drills.end(tx, drill.id(), ending.state(), ending.why());
    }

    private Uni<Void> write(SqlConnection tx, DrillMove move) {
        return alerts.write(tx, List.of(move.write())).chain(() -> outbox.put(tx, notices.of(move)));
    }
}
