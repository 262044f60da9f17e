package dev.plimsoll.ops;

import dev.plimsoll.wire.DatabaseSpace;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means: requests and the watch can both reach the database, now. One whose disk is full still answers questions:
 * that it takes nothing more is said beside.
 */
@Readiness
@Singleton
class DatabaseReady implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool api;
    private final Pool engine;
    private final DatabaseSpace space;

    DatabaseReady(Pool api, @ReactiveDataSource("engine") Pool engine, DatabaseSpace space) {
        this.api = api;
        this.engine = engine;
        this.space = space;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return answers(api)
                .chain(() -> answers(engine))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> HealthCheckResponse.named("database")
                        .up()
                        .withData("diskFull", space.isFull())
                        .build())
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named("database")
                        .down()
                        .withData("why", failure.getClass().getSimpleName())
                        .build());
    }

    private static Uni<Integer> answers(Pool pool) {
        return pool.query("select 1").execute().map(rows -> rows.rowCount());
    }
}
