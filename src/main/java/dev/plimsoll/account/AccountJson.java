package dev.plimsoll.account;

import io.vertx.core.json.JsonObject;

/** An account and its keys as the API answers them. No secret is in it. */
public final class AccountJson {
    private AccountJson() {}

    public static JsonObject write(Account account) {
        return new JsonObject()
                .put("id", account.id().toString())
                .put("name", account.name())
                .put("email", account.email().orElse(null))
                .put("timezone", account.timezone().getId())
                .put("createdAt", account.createdAt().toString());
    }

    public static JsonObject write(ApiKey key) {
        return new JsonObject()
                .put("id", key.id().toString())
                .put("name", key.name())
                .put("scope", key.scope().word())
                .put("hint", key.hint() + "…")
                .put("createdAt", key.createdAt().toString())
                .put("expiresAt", key.expiresAt().map(Object::toString).orElse(null));
    }
}
