package dev.plimsoll.account;

import dev.plimsoll.unit.Isolation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.logging.Log;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads rows one by one and leaves out what this release cannot read, because a newer one wrote it: one row must not keep
 * all others from being watched. What is left out is shown as a metric, and logged when it is met first.
 */
public final class Legible<T> {
    private static final int MOST_LOGGED = 100;

    private final String table;
    private final Function<Row, T> decode;
    private final Set<UUID> leftOut = ConcurrentHashMap.newKeySet();

    /** @param decode of a row whose column {@code id} is its key */
    public Legible(String table, Function<Row, T> decode, MeterRegistry meters) {
        this.table = table;
        this.decode = decode;
        meters.gaugeCollectionSize("plimsoll.book.unreadable", Tags.of("table", table), leftOut);
    }

    /** Empty where it is left out. */
    public Optional<T> read(Row row) {
        var id = row.getUUID("id");
        var read = Isolation.of(() -> decode.apply(row), failure -> leaveOut(id, failure));
        read.ifPresent(legible -> leftOut.remove(id));
        return read;
    }

    /** @param asked of which those without a row are there no more */
    public List<T> read(Collection<UUID> asked, RowSet<Row> rows) {
        var there = rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toUnmodifiableSet());
        asked.stream().filter(id -> !there.contains(id)).forEach(leftOut::remove);
        return read(rows);
    }

    public List<T> read(RowSet<Row> rows) {
        return rows.stream().flatMap(row -> read(row).stream()).toList();
    }

    /** To be called before the whole table is read. */
    public void startAnew() {
        leftOut.clear();
    }

    /** Ids of what was left out when it was last read. */
    public Set<UUID> leftOut() {
        return Set.copyOf(leftOut);
    }

    private void leaveOut(UUID id, Throwable failure) {
        if (leftOut.add(id) && leftOut.size() <= MOST_LOGGED) {
            Log.errorf(
                    "left out, this release cannot read it: table=%s id=%s failure=%s;"
                            + " run the release that wrote it, nothing is told of it meanwhile",
                    table, id, failure.getClass().getSimpleName());
        }
    }
}
