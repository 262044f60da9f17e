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
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Makes an account that can be used over HTTP at once: with its first key. */
@ApplicationScoped
class SignUp {
    private final NewcomerStore newcomers;
    private final KeyStore keys;
    private final SignUpMail mail;

    SignUp(NewcomerStore newcomers, KeyStore keys, SignUpMail mail) {
        this.newcomers = newcomers;
        this.keys = keys;
        this.mail = mail;
    }

    /** In a transaction of that account: all of it or nothing. */
    Uni<Created> of(Mutiny.Session session, UUID id, AccountDraft draft) {
        return newcomers
                .add(session, id, draft)
                .chain(account -> keys.add(session, id, KeyDraft.first())
                        .chain(key -> mail.add(session, id, draft).map(channel -> created(account, key, channel))));
    }

    private static Created created(Account account, Written<NewKey> key, Optional<UUID> channel) {
        if (key instanceof Written.Done<NewKey>(var made)) {
            var body = AccountJson.write(account);
            channel.ifPresent(id -> body.put(SignUpMail.CHANNEL, id.toString()));
            var secret = new JsonObject().put("apiKey", made.secret().reveal());
            return new Created("/account", account.version(), body, secret);
        }
        throw new IllegalStateException("an account of 0 seconds has no room for a key");
    }
}
