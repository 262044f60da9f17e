package dev.plimsoll.market;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Makes the stores of several replicas on the one database. */
@Singleton
public class SnapshotStores {
    private final Pool engine;
    private final ReactiveRedisDataSource redis;

    SnapshotStores(@ReactiveDataSource("engine") Pool engine, ReactiveRedisDataSource redis) {
        this.engine = engine;
        this.redis = redis;
    }

    public SnapshotStore of(LatestMarket latest) {
        return new SnapshotStore(engine, latest, redis, new SimpleMeterRegistry());
    }
}
