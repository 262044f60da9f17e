package dev.plimsoll.pipeline;

import dev.plimsoll.alert.AlertConfig;
import dev.plimsoll.alert.Drill;
import dev.plimsoll.alert.DrillFeedStore;
import dev.plimsoll.alert.DrillFeedStore.Taken;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleFeedStore;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Begins drills that are due and takes those that run further: each in one transaction, by one replica, by database time. */
@Singleton
class Drills {
    private final Pool engine;
    private final DrillFeedStore drills;
    private final RuleFeedStore rules;
    private final DrillWriting writing;
    private final AlertConfig config;

    @Inject
    Drills(
            @ReactiveDataSource("engine") Pool engine,
            DrillFeedStore drills,
            RuleFeedStore rules,
            DrillWriting writing,
            AlertConfig config) {
        this.engine = engine;
        this.drills = drills;
        this.rules = rules;
        this.writing = writing;
        this.config = config;
    }

    /** One that fails keeps no other from its turn; the round fails after all. */
    Uni<Void> round() {
        return drills.open() // List<UUID>
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUni(this::named)
                .collectFailures()
                .concatenate()
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> named(UUID id) {
        return look(id).onFailure().transform(failure -> new Failed(id, failure));
    }

    private Uni<Void> look(UUID id) {
        return engine.withTransaction(tx -> drills.take(tx, id)
                .chain(found -> found.map(taken -> look(tx, taken)).orElseGet(Uni.createFrom()::voidItem)));
    }

    private Uni<Void> look(SqlConnection tx, Taken taken) {
        return rules.byIds(taken.rule().stream().toList())
                .map(found -> found.stream().findFirst())
                .chain(rule -> look(tx, taken, rule));
    }

    private Uni<Void> look(SqlConnection tx, Taken taken, Optional<Rule> rule) {
        var step = DrillStep.of(taken, rule, config.drillPatience());
        return taken.drill().state() == Drill.State.RUNNING
                ? writing.goOn(tx, taken, rule, step)
                : writing.begin(tx, taken, step);
    }

    /** What one of them failed with. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(UUID drill, Throwable failure) {
            super("drill " + drill + " failed with " + failure.getClass().getSimpleName(), failure);
        }
    }
}
