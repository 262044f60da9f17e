package dev.plimsoll.delivery;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.account.OwnedRow;
import dev.plimsoll.delivery.RegisteredChannel.State;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;

/** One row of {@code channel}; rotating its secret is done in SQL, by database time. */
@Entity
@Table(name = "channel")
class ChannelRow implements OwnedRow<RegisteredChannel> {
    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    String key;
    String name;

    @ColumnTransformer(read = "labels::text", write = "cast(cast(? as text) as jsonb)")
    String labels;

    @Column(updatable = false)
    String kind;

    String state = word(State.UNVERIFIED);

    @Column(name = "disabled_reason")
    String disabledReason;

    @Column(name = "failing_since")
    Instant failingSince;

    @Column(name = "failing_warned")
    boolean failingWarned;

    @Column(name = "settings_sealed")
    byte[] settingsSealed;

    @Column(name = "settings_shown")
    @ColumnTransformer(read = "settings_shown::text", write = "cast(cast(? as text) as jsonb)")
    String settingsShown;

    String host;

    @Column(name = "secret_sealed")
    byte[] secretSealed;

    /** The one before, while it still signs; by database time. */
    @Formula("case when old_secret_until > now() then old_secret_sealed end")
    byte[] oldSecretSealed;

    @Column(name = "proof_hash")
    byte[] proofHash;

    @Column(name = "mail_hash")
    byte[] mailHash;

    @Column(updatable = false)
    String buddy;

    Boolean loud;

    /** The name of the account, for the person it asks. */
    @Formula("(select a.name from account a where a.id = account_id)")
    String asker;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Version
    long version = 1;

    void activate() {
        state = word(State.ACTIVE);
        beginAnew();
    }

    /** It must be proven, again if it was before. */
    void doubt() {
        state = word(State.UNVERIFIED);
        beginAnew();
    }

    private void beginAnew() {
        disabledReason = null;
        proofHash = null;
        failingSince = null;
        failingWarned = false;
    }

    @Override
    public RegisteredChannel value() {
        return new RegisteredChannel(
                id,
                account,
                Optional.ofNullable(key),
                name,
                LabelsJson.read(new JsonObject(labels)),
                kind,
                Settings.of(settingsShown).values(),
                Optional.ofNullable(buddy),
                Optional.ofNullable(loud),
                State.valueOf(state.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(disabledReason),
                Optional.ofNullable(failingSince),
                createdAt,
                version);
    }

    Optional<Buddy> otherPerson() {
        return Optional.ofNullable(buddy).map(name -> new Buddy(name, asker));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
