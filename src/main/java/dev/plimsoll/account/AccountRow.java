package dev.plimsoll.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** One row of {@code account}. */
@Entity
@Table(name = "account")
class AccountRow {

    @Id
    UUID id;

    String name;
    String email;
    String timezone;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Version
    long version = 1;

    AccountRow() {}

    AccountRow(UUID id, AccountDraft draft) {
        this.id = id;
        write(draft);
    }

    final void write(AccountDraft draft) {
        name = draft.name();
        email = draft.email().orElse(null);
        timezone = draft.timezone().getId();
    }

    Account value() {
        return new Account(id, name, Optional.ofNullable(email), ZoneId.of(timezone), createdAt, version);
    }
}
