package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountJson;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.account.KeyDraft;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.account.NewKey;
import dev.plimsoll.account.Written;
import dev.plimsoll.rule.DefaultRules;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleDraft;
import dev.plimsoll.rule.RuleStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an account that can be used at once and leaves nobody unwarned: with its first key and the default rules. */
@ApplicationScoped
class SignUp {
    private final AccountStore accounts;
    private final KeyStore keys;
    private final RuleStore rules;
    private final Clock clock;

    SignUp(AccountStore accounts, KeyStore keys, RuleStore rules, Clock clock) {
        this.accounts = accounts;
        this.keys = keys;
        this.rules = rules;
        this.clock = clock;
    }

    /** In a transaction of that account: all of it or nothing. */
    Uni<Created> of(Mutiny.Session session, UUID id, AccountDraft draft) {
        return accounts.add(session, id, draft)
                .call(() -> addRules(session, id))
                .chain(account -> keys.add(session, id, KeyDraft.first()).map(key -> created(account, key)));
    }

    private Uni<Void> addRules(Mutiny.Session session, UUID id) {
        return Multi.createFrom()
                .iterable(DefaultRules.of(id, clock.instant()))
                .onItem()
                .transformToUniAndConcatenate(rule -> add(session, rule))
                .toUni();
    }

    private Uni<Void> add(Mutiny.Session session, Rule rule) {
        return rules.add(session, rule.account(), RuleDraft.of(rule)).replaceWithVoid();
    }

    private static Created created(Account account, Written<NewKey> key) {
        if (key instanceof Written.Done<NewKey>(var made)) {
            var secret = new JsonObject().put("apiKey", made.secret().reveal());
            return new Created("/account", account.version(), AccountJson.write(account), secret);
        }
        throw new IllegalStateException("an account of 0 seconds has no room for a key");
    }
}
