package dev.plimsoll.account;

import java.time.ZoneId;
import java.util.Optional;

/** An account as its owner writes it. */
public record AccountDraft(String name, Optional<String> email, ZoneId timezone) {

    public static AccountDraft of(Account account) {
        return new AccountDraft(account.name(), account.email(), account.timezone());
    }
}
