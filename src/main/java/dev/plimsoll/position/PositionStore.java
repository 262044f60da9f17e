package dev.plimsoll.position;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** The positions of one account at a time, behind the policies. */
@ApplicationScoped
public class PositionStore {
    private final OwnedRows<PositionRow, Position> rows;

    PositionStore(Tenant tenant, PositionConfig config) {
        this.rows = new OwnedRows<>(tenant, PositionRow.class, config.perAccount(), Optional.of("max_positions"));
    }

    public Uni<Written<Position>> add(UUID account, PositionDraft draft) {
        return rows.add(account, new PositionRow(account, draft));
    }

    /** In a transaction of the account that the caller began; a key that is taken fails it. */
    public Uni<Written<Position>> add(Mutiny.Session session, UUID account, PositionDraft draft) {
        return rows.add(session, account, new PositionRow(account, draft));
    }

    /** The same under an id that others refer to already. */
    public Uni<Written<Position>> add(Mutiny.Session session, UUID account, UUID id, PositionDraft draft) {
        return rows.add(session, account, new PositionRow(id, account, draft));
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<Position>> all(Mutiny.Session session, UUID account) {
        return rows.all(session, account);
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Written<Position>> delete(Mutiny.Session session, UUID account, UUID id) {
        return rows.delete(session, account, id);
    }

    public Uni<Optional<Position>> find(UUID account, UUID id) {
        return rows.find(account, id);
    }

    /** The oldest first. */
    public Uni<List<Position>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Set<UUID>> ids(Mutiny.Session session, UUID account) {
        return rows.ids(session, account);
    }

    /** @param edit runs while nobody else can write; throws to refuse, and nothing is written */
    public Uni<Written<Position>> change(UUID account, UUID id, Function<Position, PositionDraft> edit) {
        return rows.change(account, id, row -> row.write(edit.apply(row.value())));
    }

    /** In a transaction of the account that the caller began; a key that is taken fails it. */
    public Uni<Written<Position>> change(
            Mutiny.Session session, UUID account, UUID id, Function<Position, PositionDraft> edit) {
        return rows.change(session, account, id, row -> row.write(edit.apply(row.value())));
    }

    /** @param check throws to refuse, and nothing is deleted */
    public Uni<Written<Position>> delete(UUID account, UUID id, Consumer<Position> check) {
        return rows.delete(account, id, check);
    }
}
