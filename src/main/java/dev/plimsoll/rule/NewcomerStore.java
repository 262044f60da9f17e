package dev.plimsoll.rule;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes accounts that leave nobody unwarned: with the default rules. */
@ApplicationScoped
public class NewcomerStore {
    private final AccountStore accounts;
    private final RuleStore rules;
    private final Clock clock;

    NewcomerStore(AccountStore accounts, RuleStore rules, Clock clock) {
        this.accounts = accounts;
        this.rules = rules;
        this.clock = clock;
    }

    /** In a transaction of that account, which the caller began: all of it or nothing. */
    public Uni<Account> add(Mutiny.Session session, UUID id, AccountDraft draft) {
        return accounts.add(session, id, draft).call(() -> addRules(session, id));
    }

    private Uni<Void> addRules(Mutiny.Session session, UUID id) {
        return Multi.createFrom()
                .iterable(DefaultRules.of(id, clock.instant()))
                .onItem()
                .transformToUniAndConcatenate(rule -> rules.add(session, id, RuleDraft.of(rule)))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}
