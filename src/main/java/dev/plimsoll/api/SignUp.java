package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountJson;
import dev.plimsoll.account.KeyDraft;
import dev.plimsoll.account.KeyStore;
import dev.plimsoll.account.NewKey;
import dev.plimsoll.account.Written;
import dev.plimsoll.rule.NewcomerStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an account that can be used over HTTP at once: with its first key. */
@ApplicationScoped
class SignUp {
    private final NewcomerStore newcomers;
    private final KeyStore keys;

    SignUp(NewcomerStore newcomers, KeyStore keys) {
        this.newcomers = newcomers;
        this.keys = keys;
    }

    /** In a transaction of that account: all of it or nothing. */
    Uni<Created> of(Mutiny.Session session, UUID id, AccountDraft draft) {
        return newcomers
                .add(session, id, draft)
                .chain(account -> keys.add(session, id, KeyDraft.first()).map(key -> created(account, key)));
    }

    private static Created created(Account account, Written<NewKey> key) {
        if (key instanceof Written.Done<NewKey>(var made)) {
            var secret = new JsonObject().put("apiKey", made.secret().reveal());
            return new Created("/account", account.version(), AccountJson.write(account), secret);
        }
        throw new IllegalStateException("an account of 0 seconds has no room for a key");
    }
}
