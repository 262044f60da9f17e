package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.GivenKey;
import dev.plimsoll.account.KeyDraft;
import dev.plimsoll.account.KeySecret;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;

/** Accounts and keys as a client writes them. */
final class AccountForm {
    private static final int MAX_NAME = 200;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_KEYS = 50;
    private static final int SHA_256 = 32;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private AccountForm() {}

    static Optional<AccountDraft> read(Form form) {
        var name = form.required("name", Readers.text(MAX_NAME));
        var email = form.optional("email", email());
        var timezone = form.optional("timezone", timezone());
        return form.complete(() -> new AccountDraft(name.orElseThrow(), email, timezone.orElse(UTC)));
    }

    /** What a PATCH makes of the account: a field that is absent stays. */
    static Optional<AccountDraft> patch(Form form, Account now) {
        var name = form.mentions("name") ? form.required("name", Readers.text(MAX_NAME)) : Optional.of(now.name());
        var email = Patch.of(form, "email", email(), now.email());
        var timezone = Patch.of(form, "timezone", timezone(), Optional.of(now.timezone()));
        return form.complete(() -> new AccountDraft(name.orElseThrow(), email, timezone.orElse(UTC)));
    }

    static Optional<KeyDraft> key(Form form) {
        var name = form.required("name", Readers.text(MAX_NAME));
        var scope = form.required("scope", Readers.oneOf(Scope.class));
        var expiresAt = form.optional("expiresAt", Readers.instant());
        return form.complete(() -> new KeyDraft(name.orElseThrow(), scope.orElseThrow(), expiresAt));
    }

    /** One that the operator writes down, without what it has. */
    static Optional<ProvisionedAccounts.Head> provisioned(Form form) {
        var key = form.required("key", Readers.key());
        var name = form.optional("name", Readers.text(MAX_NAME));
        var email = form.optional("email", email());
        var timezone = form.optional("timezone", timezone());
        var keys = form.optional("keys", Readers.list(1, MAX_KEYS, Readers.object(AccountForm::given)));
        return form.complete(() -> new ProvisionedAccounts.Head(
                key.orElseThrow(),
                new AccountDraft(name.orElseGet(key::orElseThrow), email, timezone.orElse(UTC)),
                keys));
    }

    private static Optional<GivenKey> given(Form form) {
        var name = form.required("name", Readers.text(MAX_NAME));
        var scope = form.optional("scope", Readers.oneOf(Scope.class)).orElse(Scope.FULL);
        var hash = form.optional(
                        "hash",
                        Readers.token(2 * SHA_256)
                                .where(
                                        text -> text.matches("[0-9a-fA-F]{" + 2 * SHA_256 + "}"),
                                        "Expected the SHA-256 of the key as 64 hexadecimal digits."))
                .map(HexFormat.of()::parseHex);
        var secret = form.optional(
                        "secret",
                        Readers.token(MAX_EMAIL)
                                .find(
                                        KeySecret::parse,
                                        wrong -> "This is no Plimsoll API key, plm_ and what follows it."))
                .map(KeySecret::hash);
        if (form.says("hash") == form.says("secret")) {
            form.refuse("Say exactly one of 'hash' and 'secret'.");
        }
        return form.complete(() ->
                new GivenKey(name.orElseThrow(), scope, hash.or(() -> secret).orElseThrow()));
    }

    private static Reader<String> email() {
        return Readers.token(MAX_EMAIL)
                .where(
                        text -> text.matches("[^@<>\",;:\\\\]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+"),
                        "Expected a mail address.");
    }

    private static Reader<ZoneId> timezone() {
        return Readers.token(50)
                .where(
                        ZoneId.getAvailableZoneIds()::contains,
                        "Expected a time zone of the IANA list, such as \"Europe/Berlin\" or \"UTC\".")
                .map(ZoneId::of);
    }
}
