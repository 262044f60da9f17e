package dev.plimsoll.alert;

import dev.plimsoll.account.Legible;
import dev.plimsoll.rule.RuleJson;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Silences of every account, for the watch. */
@ApplicationScoped
public class SilenceFeedStore {
    private static final String COLUMNS = """
            select id, account_id, watches, starts_at, ends_at, reason, even_liquidatable, created_at
            from silence
            """;

    private final Pool engine;
    private final Legible<Silence> legible;

    @Inject
    SilenceFeedStore(@ReactiveDataSource("engine") Pool engine, MeterRegistry meters) {
        this.engine = engine;
        this.legible = new Legible<>("silence", SilenceFeedStore::silence, meters);
    }

    public Uni<List<Silence>> all() {
        legible.startAnew();
        return engine.preparedQuery(COLUMNS).execute().map(legible::read);
    }

    /** Those of the ids that still exist. */
    public Uni<List<Silence>> byIds(Collection<UUID> ids) {
        return engine.preparedQuery(COLUMNS + "where id = any($1)")
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> legible.read(ids, rows));
    }

    /** Of one account, those in force. @param tx of the account */
    static Uni<List<Silence>> active(SqlConnection tx, UUID account, Instant at) {
        return tx.preparedQuery(COLUMNS + "where account_id = $1 and starts_at <= $2 and ends_at > $2")
                .execute(Tuple.of(account, at.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.stream().map(SilenceFeedStore::silence).toList());
    }

    /** Those in force, or to come. @param tx of the engine, or of the one account */
    public Uni<List<Silence>> ofAccounts(SqlConnection tx, Collection<UUID> accounts, Instant at) {
        return tx.preparedQuery(COLUMNS + "where account_id = any($1) and ends_at > $2 order by starts_at")
                .execute(Tuple.of(accounts.toArray(UUID[]::new), at.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.stream().map(SilenceFeedStore::silence).toList());
    }

    private static Silence silence(Row row) {
        return new Silence(
                row.getUUID("id"),
                row.getUUID("account_id"),
                RuleJson.readWatches(row.getValue("watches")),
                row.getOffsetDateTime("starts_at").toInstant(),
                row.getOffsetDateTime("ends_at").toInstant(),
                row.getString("reason"),
                row.getBoolean("even_liquidatable"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
