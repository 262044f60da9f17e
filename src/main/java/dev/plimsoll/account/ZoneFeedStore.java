package dev.plimsoll.account;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The time zones of all accounts, for the watch. */
@ApplicationScoped
public class ZoneFeedStore {
    private static final String ZONES = "select id, timezone from account where timezone <> 'UTC' ";

    private final Pool engine;

    ZoneFeedStore(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /** @param zone of the clock on the owner's wall */
    public record Zone(UUID account, ZoneId zone) {}

    /** Of every account whose zone is not UTC. */
    public Uni<List<Zone>> all() {
        return engine.preparedQuery(ZONES).execute().map(ZoneFeedStore::zones);
    }

    /** The same of these accounts. */
    public Uni<List<Zone>> byIds(Collection<UUID> accounts) {
        return engine.preparedQuery(ZONES + "and id = any($1)")
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(ZoneFeedStore::zones);
    }

    private static List<Zone> zones(RowSet<Row> rows) {
        return rows.stream()
                .map(row -> new Zone(row.getUUID("id"), ZoneId.of(row.getString("timezone"))))
                .toList();
    }
}
