package dev.plimsoll.position;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The positions of one account at a time, behind the policies. */
@ApplicationScoped
public class PositionStore {
    private final OwnedRows<PositionRow, Position> rows;

    PositionStore(Tenant tenant, PositionConfig config) {
        this.rows = new OwnedRows<>(tenant, PositionRow.class, config.perAccount());
    }

    public Uni<Written<Position>> add(UUID account, PositionDraft draft) {
        return rows.add(account, new PositionRow(account, draft));
    }

    public Uni<Optional<Position>> find(UUID account, UUID id) {
        return rows.find(account, id);
    }

    /** The oldest first. */
    public Uni<List<Position>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /**
     * @param seen the version the writer knows; empty means whatever it is
     * @param edit nothing is written when it throws
     */
    public Uni<Written<Position>> change(
            UUID account, UUID id, Optional<Long> seen, UnaryOperator<PositionDraft> edit) {
        return rows.change(account, id, seen, row -> row.write(edit.apply(PositionDraft.of(row.value()))));
    }

    public Uni<Written<Position>> delete(UUID account, UUID id, Optional<Long> seen) {
        return rows.delete(account, id, seen);
    }
}
