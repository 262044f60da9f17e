package dev.plimsoll.account;

import dev.plimsoll.unit.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** One row of {@code api_key}; never edited. */
@Entity
@Table(name = "api_key")
class ApiKeyRow implements OwnedRow<ApiKey> {

    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    String name;
    String scope;
    byte[] hash;
    String hint;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    ApiKeyRow() {}

    ApiKeyRow(UUID account, KeyDraft draft, KeySecret secret) {
        this.id = Ids.next();
        this.account = account;
        this.name = draft.name();
        this.scope = draft.scope().word();
        this.hash = secret.hash();
        this.hint = secret.hint();
        this.expiresAt = draft.expiresAt().orElse(null);
    }

    ApiKeyRow(UUID account, GivenKey given) {
        this.id = Ids.next();
        this.account = account;
        this.name = given.name();
        this.scope = given.scope().word();
        this.hash = given.hash();
        this.hint = given.hint();
    }

    @Override
    public ApiKey value() {
        var known = Scope.ofWord(scope).orElseThrow(() -> new IllegalStateException("unknown scope " + scope));
        return new ApiKey(id, name, known, hint, createdAt, Optional.ofNullable(expiresAt));
    }
}
