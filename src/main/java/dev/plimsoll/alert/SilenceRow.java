package dev.plimsoll.alert;

import dev.plimsoll.account.OwnedRow;
import dev.plimsoll.rule.RuleJson;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Generated;

/** One row of {@code silence}; never changed, only deleted. */
@Entity
@Table(name = "silence")
class SilenceRow implements OwnedRow<Silence> {

    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    @ColumnTransformer(read = "watches::text", write = "cast(cast(? as text) as jsonb)")
    String watches;

    @Column(name = "starts_at")
    Instant from;

    @Column(name = "ends_at")
    Instant until;

    String reason;

    @Column(name = "even_liquidatable")
    boolean evenLiquidatable;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    SilenceRow() {}

    SilenceRow(UUID account, SilenceDraft draft) {
        this.id = Ids.next();
        this.account = account;
        this.watches = Json.encode(RuleJson.watches(draft.watches()));
        this.from = draft.from();
        this.until = draft.until();
        this.reason = draft.reason();
        this.evenLiquidatable = draft.evenLiquidatable();
    }

    @Override
    public Silence value() {
        return new Silence(
                id,
                account,
                RuleJson.readWatches(Json.decodeValue(watches)),
                from,
                until,
                reason,
                evenLiquidatable,
                createdAt);
    }
}
