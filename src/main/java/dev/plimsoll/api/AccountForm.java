package dev.plimsoll.api;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.KeyDraft;
import dev.plimsoll.account.Scope;
import dev.plimsoll.api.form.Form;
import dev.plimsoll.api.form.Reader;
import dev.plimsoll.api.form.Readers;
import java.time.ZoneId;
import java.util.Optional;

/** Accounts and keys as a client writes them. */
final class AccountForm {
    private static final int MAX_NAME = 200;
    private static final int MAX_EMAIL = 254;
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
