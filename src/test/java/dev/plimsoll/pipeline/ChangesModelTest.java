package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.pipeline.Changes.Horizon;
import dev.plimsoll.simulation.Plant;
import dev.plimsoll.simulation.Transaction;
import dev.plimsoll.simulation.VirtualChanges;
import dev.plimsoll.simulation.VirtualDatabase;
import dev.plimsoll.unit.Ids;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who follows the changes of the simulation hears of each when who follows those of PostgreSQL does. */
@QuarkusTest
class ChangesModelTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    /** A transaction of both, which commit together. */
    private record Writer(SqlConnection connection, io.vertx.mutiny.sqlclient.Transaction real, Transaction virtual) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void hearsOfEachChangeWhenTheDatabaseTellsOfIt(long seed) {
        var dice = new SplittableRandom(seed);
        var database = new VirtualDatabase(() -> 0);
        var model = new VirtualChanges(database, Plant.NONE);
        var feed = new ChangeFeed(engine, Duration.ofHours(1));
        List<Writer> writing = new ArrayList<>();
        Set<UUID> heard = new HashSet<>();
        Set<UUID> told = new HashSet<>();
        Set<UUID> ours = new HashSet<>();
        var virtualHorizon = model.horizon();
        Horizon horizon = now(feed.horizon());

        for (var step = 0; step < 40; step++) {
            switch (dice.nextInt(4)) {
                case 0 -> {
                    if (writing.size() < 4) {
                        writing.add(begin(database));
                    }
                }
                case 1 -> {
                    if (!writing.isEmpty()) {
                        var id = Ids.next();
                        ours.add(id);
                        write(writing.get(dice.nextInt(writing.size())), model, id);
                    }
                }
                case 2 -> {
                    if (!writing.isEmpty()) {
                        end(writing.remove(dice.nextInt(writing.size())), dice.nextInt(4) > 0);
                    }
                }
                default -> {
                    var tx = database.begin();
                    var virtual = model.since(tx, virtualHorizon);
                    tx.commit();
                    var real = now(feed.since(horizon));
                    virtualHorizon = virtual.next();
                    horizon = real.next();
                    heard.addAll(virtual.of("position"));
                    told.addAll(real.of("position"));
                    told.retainAll(ours);
                    assertThat(told).as("step %d", step).isEqualTo(heard);
                }
            }
        }
        writing.forEach(writer -> end(writer, true));
    }

    private Writer begin(VirtualDatabase database) {
        var connection = now(engine.getConnection());
        return new Writer(connection, now(connection.begin()), database.begin());
    }

    private static void write(Writer writer, VirtualChanges model, UUID id) {
        model.record(writer.virtual(), "position", id);
        now(writer.connection()
                .preparedQuery("insert into change (kind, id, account_id) values ('position', $1, $1)")
                .execute(Tuple.of(id)));
    }

    private static void end(Writer writer, boolean commits) {
        now(commits ? writer.real().commit() : writer.real().rollback());
        if (commits) {
            writer.virtual().commit();
        } else {
            writer.virtual().rollback();
        }
        now(writer.connection().close());
    }

    private static <T> T now(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
