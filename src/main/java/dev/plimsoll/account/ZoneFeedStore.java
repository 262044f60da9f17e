package dev.plimsoll.account;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The time zones of all accounts, for the watch. */
@ApplicationScoped
public class ZoneFeedStore {
    private static final String ZONES = "select id, timezone from account where timezone <> 'UTC' ";

    private final Pool engine;
    private final Legible<Zone> legible;

    @Inject
    ZoneFeedStore(@ReactiveDataSource("engine") Pool engine, MeterRegistry meters) {
        this.engine = engine;
        this.legible = new Legible<>("account", ZoneFeedStore::zone, meters);
    }

    /** @param zone of the clock on the owner's wall */
    public record Zone(UUID account, ZoneId zone) {}

    /** Of every account whose zone is not UTC. One that this release does not know counts as UTC. */
    public Uni<List<Zone>> all() {
        legible.startAnew();
        return engine.preparedQuery(ZONES).execute().map(legible::read);
    }

    /** The same of these accounts. */
    public Uni<List<Zone>> byIds(Collection<UUID> accounts) {
        return engine.preparedQuery(ZONES + "and id = any($1)")
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(rows -> legible.read(accounts, rows));
    }

    private static Zone zone(Row row) {
        return new Zone(row.getUUID("id"), ZoneId.of(row.getString("timezone")));
    }
}
