package dev.plimsoll.pipeline.digest;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.pipeline.PipelineConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** The digests of one account at a time, behind the policies. */
@ApplicationScoped
public class DigestStore {
    private final OwnedRows<DigestRow, Digest> rows;
    private final Clock clock;

    DigestStore(Tenant tenant, PipelineConfig config, Clock clock) {
        this.rows = new OwnedRows<>(tenant, DigestRow.class, config.digests().perAccount());
        this.clock = clock;
    }

    /** In a transaction of the account that the caller began. @param zone of the account */
    public Uni<Written<Digest>> add(Mutiny.Session session, UUID account, DigestDraft draft, ZoneId zone) {
        return rows.add(session, account, new DigestRow(account, draft, next(draft, zone, Optional.empty())));
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<Digest>> all(Mutiny.Session session, UUID account) {
        return rows.all(session, account);
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Written<Digest>> delete(Mutiny.Session session, UUID account, UUID id) {
        return rows.delete(session, account, id);
    }

    public Uni<Optional<Digest>> find(UUID account, UUID id) {
        return rows.find(account, id);
    }

    /** The oldest first. */
    public Uni<List<Digest>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /**
     * One that is due stays due while its time is the same.
     *
     * @param edit runs while nobody else can write; throws to refuse, and nothing is written
     */
    public Uni<Written<Digest>> change(UUID account, UUID id, ZoneId zone, Function<Digest, DigestDraft> edit) {
        return rows.change(account, id, row -> {
            var before = row.value();
            var draft = edit.apply(before);
            var due = before.next().filter(any -> draft.occasion().equals(before.occasion()));
            row.write(draft, due.orElseGet(() -> next(draft, zone, Optional.ofNullable(row.lastDate))));
        });
    }

    /** @param check throws to refuse, and nothing is deleted */
    public Uni<Written<Digest>> delete(UUID account, UUID id, Consumer<Digest> check) {
        return rows.delete(account, id, check);
    }

    private Instant next(DigestDraft draft, ZoneId zone, Optional<LocalDate> last) {
        var occasion = draft.occasion();
        return occasion.on(occasion.next(clock.instant(), zone, last), zone);
    }
}
