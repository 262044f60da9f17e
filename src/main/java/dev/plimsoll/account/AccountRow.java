package dev.plimsoll.account;

import dev.plimsoll.account.seal.SecretBox;
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

    @Column(name = "email_sealed")
    byte[] emailSealed;

    String timezone;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Version
    long version = 1;

    AccountRow() {}

    AccountRow(UUID id, AccountDraft draft, SecretBox box) {
        this.id = id;
        write(draft, box);
    }

    /** What stays is not sealed again. */
    final void write(AccountDraft draft, SecretBox box) {
        name = draft.name();
        if (!draft.email().equals(email(box))) {
            emailSealed = draft.email().map(address -> box.seal(id, address)).orElse(null);
        }
        timezone = draft.timezone().getId();
    }

    Account value(SecretBox box) {
        return new Account(id, name, email(box), ZoneId.of(timezone), createdAt, version);
    }

    private Optional<String> email(SecretBox box) {
        return Optional.ofNullable(emailSealed).map(address -> box.open(id, address));
    }
}
