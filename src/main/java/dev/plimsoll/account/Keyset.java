package dev.plimsoll.account;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a large table in pages ordered by id, to be used once: the next page is fetched while the last is decoded, off the
 * event loop and on every core, and no more than these two are held.
 */
public final class Keyset<T> {
    private static final int PAGE = 10_000;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Pool pool;
    private final String sql;
    private final Function<Row, Optional<T>> decode;
    private List<Row> page = List.of();
    private UUID after = BEFORE_ALL;
    private boolean ended;
    private long count;

    /**
     * @param sql    yields the rows whose column {@code id} is above {@code $1}, the lowest {@code $2} of them in order
     * @param decode empty for a row that is left out
     */
    public Keyset(Pool pool, String sql, Function<Row, Optional<T>> decode) {
        this.pool = pool;
        this.sql = sql;
        this.decode = decode;
    }

    /** @param use gets page by page, one at a time; how many rows there were */
    public Uni<Long> forEach(Consumer<List<T>> use) {
        return Multi.createBy()
                .repeating()
                .uni(() -> step(use))
                .whilst(more -> more)
                .collect()
                .last()
                .map(done -> count);
    }

    private Uni<Boolean> step(Consumer<List<T>> use) {
        var here = page;
        return Uni.combine()
                .all()
                .unis(decoded(here), fetch())
                .asTuple()
                .invoke(both -> use.accept(both.getItem1()))
                .map(both -> !page.isEmpty());
    }

    private Uni<List<T>> decoded(List<Row> rows) {
        return Uni.createFrom()
                .item(() -> rows.parallelStream()
                        .flatMap(row -> decode.apply(row).stream())
                        .toList())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<List<Row>> fetch() {
        return (ended ? Uni.createFrom().item(List.<Row>of()) : ask()).invoke(this::turn);
    }

    private Uni<List<Row>> ask() {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(after, PAGE))
                .map(rows -> rows.stream().toList());
    }

    private void turn(List<Row> next) {
        page = next;
        count += next.size();
        ended = next.size() < PAGE;
        after = next.isEmpty() ? after : next.getLast().getUUID("id");
    }
}
