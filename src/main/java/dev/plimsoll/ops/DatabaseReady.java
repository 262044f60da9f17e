package dev.plimsoll.ops;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: requests and the watch can both reach the database, now. */
@Readiness
@Singleton
class DatabaseReady implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pool api;
    private final Pool engine;

    DatabaseReady(Pool api, @ReactiveDataSource("engine") Pool engine) {
        this.api = api;
        this.engine = engine;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return answers(api)
                .chain(() -> answers(engine))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> HealthCheckResponse.up("database"))
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
