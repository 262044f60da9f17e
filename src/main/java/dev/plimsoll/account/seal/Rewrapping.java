package dev.plimsoll.account.seal;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Seals anew what is sealed under an older master key: in small batches, each in a transaction of its own, by one replica at a
 * time. Whatever is interrupted goes on with what is left, as every value says itself under which key it is.
 */
@Singleton
final class Rewrapping {
    private static final int BATCH = 500;
    private static final int BATCHES_A_ROUND = 20;

    private static final String OLD = """
            select ctid::text as place, $column as sealed
            from $table
            where $key <> $1
            limit $2
            """;

    /** Not where somebody wrote another value meanwhile. */
    private static final String RENEW = """
            update $table as t
            set $column = renewed.fresh
            from unnest($1::text[], $2::bytea[], $3::bytea[]) as renewed (place, sealed, fresh)
            where t.ctid = renewed.place::tid
              and t.$column = renewed.sealed
            """;

    private static final String LEFT = "select count(*) as left from $table where $key <> $1";

    private final Pool engine;
    private final SecretBox box;

    @Inject
    Rewrapping(@ReactiveDataSource("engine") Pool engine, SecretBox box) {
        this.engine = engine;
        this.box = box;
    }

    /** How much is left under other keys than this, the one we seal under. */
    Uni<Long> round(String newest) {
        return engine.query(SealedColumn.ALL)
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> new SealedColumn(row.getString("t"), row.getString("c")))
                        .toList())
                .call(columns -> renew(columns, newest))
                .chain(columns -> left(columns, newest))
                .call(left -> engine.preparedQuery(
                                "update master_key set values_left = case id when $1 then null else $2 end")
                        .execute(Tuple.of(newest, left)));
    }

    private Uni<Void> renew(List<SealedColumn> columns, String newest) {
        return Multi.createFrom()
                .iterable(columns)
                .onItem()
                .transformToUniAndConcatenate(column -> renew(column, newest))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> renew(SealedColumn column, String newest) {
        return Multi.createBy()
                .repeating()
                .uni(() -> engine.withTransaction(tx -> batch(tx, column, newest)))
                .whilst(renewed -> renewed == BATCH)
                .select()
                .first(BATCHES_A_ROUND)
                .onItem()
                .ignoreAsUni();
    }

    /** How many there were; none while another replica does it. */
    private Uni<Integer> batch(SqlConnection tx, SealedColumn column, String newest) {
        return tx.query("select pg_try_advisory_xact_lock(hashtext('plimsoll sealing anew')) as mine")
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("mine"))
                .chain(mine -> mine
                        ? tx.preparedQuery(column.sql(OLD))
                                .execute(Tuple.of(newest, BATCH))
                                .map(rows -> rows.stream().toList())
                        : Uni.createFrom().item(List.<Row>of()))
                .call(old -> renew(tx, column, old))
                .map(List::size);
    }

    private Uni<Void> renew(SqlConnection tx, SealedColumn column, List<Row> old) {
        return old.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(column.sql(RENEW))
                        .execute(Tuple.of(
                                old.stream().map(row -> row.getString("place")).toArray(String[]::new),
                                old.stream()
                                        .map(row -> Buffer.buffer(sealed(row)))
                                        .toArray(Buffer[]::new),
                                old.stream()
                                        .map(row -> Buffer.buffer(renewed(sealed(row))))
                                        .toArray(Buffer[]::new)))
                        .replaceWithVoid();
    }

    /** What no key opens stays as it is: it is counted, and keeps its key from being let go. */
    private byte[] renewed(byte[] old) {
        try {
            return box.rewrap(old);
        } catch (SecretBox.Unreadable e) {
            return old;
        }
    }

    private static byte[] sealed(Row row) {
        return row.getBuffer("sealed").getBytes();
    }

    private Uni<Long> left(List<SealedColumn> columns, String newest) {
        return Multi.createFrom()
                .iterable(columns)
                .onItem()
                .transformToUniAndConcatenate(column -> engine.preparedQuery(column.sql(LEFT))
                        .execute(Tuple.of(newest))
                        .map(rows -> rows.iterator().next().getLong("left")))
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }
}
