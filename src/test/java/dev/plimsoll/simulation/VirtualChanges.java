package dev.plimsoll.simulation;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The table {@code change}, as its triggers write and {@code pipeline.ChangeFeed} reads it. */
public final class VirtualChanges {
    private final VirtualDatabase database;
    private final Table<Integer, Row> table = new Table<>("change");
    private final Plant plant;
    private int rows;

    public record Row(long xid, String kind, UUID id) {}

    /** @param next from where the next reading starts */
    public record Reading(long next, List<Row> rows) {
        public Set<UUID> of(String kind) {
            return rows.stream()
                    .filter(row -> row.kind().equals(kind))
                    .map(Row::id)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    public VirtualChanges(VirtualDatabase database, Plant plant) {
        this.database = database;
        this.plant = plant;
    }

    /** What a trigger does, in the transaction of the write. */
    public void record(Transaction tx, String kind, UUID id) {
        table.put(tx, ++rows, new Row(tx.xid(), kind, id));
    }

    /** {@code ChangeFeed.horizon}. */
    public long horizon() {
        return database.horizon();
    }

    /** {@code ChangeFeed.since}. */
    public Reading since(Transaction tx, long horizon) {
        var seen = table.rows(tx, row -> row.xid() >= horizon);
        return new Reading(next(horizon, seen), seen);
    }

    private long next(long horizon, List<Row> seen) {
        return plant == Plant.READ_ON_FROM_THE_LAST_SEEN
                ? seen.stream().mapToLong(row -> row.xid() + 1).reduce(horizon, Math::max)
                : database.horizon();
    }
}
