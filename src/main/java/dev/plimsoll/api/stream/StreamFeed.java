package dev.plimsoll.api.stream;

import dev.plimsoll.account.Identity;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Whether there is anything to tell those who listen with a key: one look for all of them, that shows nothing of anybody. */
@Singleton
class StreamFeed {
    private static final String LOOK = """
            select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
                   array(select k.id
                         from api_key k
                         join account a on a.id = k.account_id
                         where k.id = any($1)
                           and a.suspended_at is null
                           and (k.expires_at is null or k.expires_at > now())) as keys,
                   array(select distinct heard.account
                         from unnest($2::uuid[], $3::text[]) heard (account, since)
                         where exists (select
                                       from transition t
                                       where t.account_id = heard.account
                                         and t.xid >= heard.since::xid8)) as accounts
            """;

    private final Pool engine;

    StreamFeed(@ReactiveDataSource("engine") Pool engine) {
        this.engine = engine;
    }

    /**
     * What a look showed.
     *
     * @param horizon  every transaction below had ended
     * @param keys     those that are still good
     * @param accounts those with steps of alerts from their readers' horizon on, told or not
     */
    record Look(long horizon, Set<UUID> keys, Set<UUID> accounts) {
        Look {
            keys = Set.copyOf(keys);
            accounts = Set.copyOf(accounts);
        }

        boolean admits(Reader reader) {
            return reader.identity().map(Identity::key).filter(keys::contains).isPresent();
        }
    }

    /** From where to read what happens from now on. */
    Uni<Long> horizon() {
        return engine.query("select pg_snapshot_xmin(pg_current_snapshot())::text as horizon")
                .execute()
                .map(rows -> horizon(rows.iterator().next()));
    }

    /** @param readers each with a key */
    Uni<Look> look(Collection<Reader> readers) {
        return engine.preparedQuery(LOOK)
                .execute(Tuple.of(
                        readers.stream().map(reader -> identity(reader).key()).toArray(UUID[]::new),
                        readers.stream()
                                .map(reader -> identity(reader).account())
                                .toArray(UUID[]::new),
                        readers.stream()
                                .map(reader ->
                                        Long.toUnsignedString(reader.progress().xid()))
                                .toArray(String[]::new)))
                .map(rows -> look(rows.iterator().next()));
    }

    private static Identity identity(Reader reader) {
        return reader.identity().orElseThrow();
    }

    private static Look look(Row row) {
        return new Look(horizon(row), Set.of(row.getArrayOfUUIDs("keys")), Set.of(row.getArrayOfUUIDs("accounts")));
    }

    private static long horizon(Row row) {
        return Long.parseUnsignedLong(row.getString("horizon"));
    }
}
