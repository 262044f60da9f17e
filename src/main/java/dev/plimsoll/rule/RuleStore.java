package dev.plimsoll.rule;

import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** The rules of one account at a time, behind the policies. */
@ApplicationScoped
public class RuleStore {
    private final OwnedRows<RuleRow, Rule> rows;

    RuleStore(Tenant tenant, RuleConfig config) {
        this.rows = new OwnedRows<>(tenant, RuleRow.class, config.perAccount(), Optional.of("max_rules"));
    }

    public Uni<Written<Rule>> add(UUID account, RuleDraft draft) {
        return rows.add(account, new RuleRow(account, draft));
    }

    /** In a transaction of the account that the caller began: what a new account starts with. */
    public Uni<Written<Rule>> add(Mutiny.Session session, UUID account, RuleDraft draft) {
        return rows.add(session, account, new RuleRow(account, draft));
    }

    public Uni<Optional<Rule>> find(UUID account, UUID id) {
        return rows.find(account, id);
    }

    /** The oldest first. */
    public Uni<List<Rule>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<Rule>> all(Mutiny.Session session, UUID account) {
        return rows.all(session, account);
    }

    /** @param edit runs while nobody else can write; throws to refuse, and nothing is written */
    public Uni<Written<Rule>> change(UUID account, UUID id, Function<Rule, RuleDraft> edit) {
        return rows.change(account, id, row -> row.write(edit.apply(row.value())));
    }

    /** In a transaction of the account that the caller began; a key that is taken fails it. */
    public Uni<Written<Rule>> change(Mutiny.Session session, UUID account, UUID id, Function<Rule, RuleDraft> edit) {
        return rows.change(session, account, id, row -> row.write(edit.apply(row.value())));
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Written<Rule>> delete(Mutiny.Session session, UUID account, UUID id) {
        return rows.delete(session, account, id);
    }

    /** @param check throws to refuse, and nothing is deleted */
    public Uni<Written<Rule>> delete(UUID account, UUID id, Consumer<Rule> check) {
        return rows.delete(account, id, check);
    }
}
