package dev.plimsoll.position;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.account.OwnedRow;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Generated;

/** One row of {@code position}. */
@Entity
@Table(name = "position")
class PositionRow implements OwnedRow<Position> {
    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    String key;
    String name;
    String kind;

    @ColumnTransformer(read = "labels::text", write = "cast(cast(? as text) as jsonb)")
    String labels;

    @ColumnTransformer(read = "terms::text", write = "cast(cast(? as text) as jsonb)")
    String terms;

    @Column(name = "legs_since")
    Instant legsSince;

    @Column(name = "target_health_factor")
    BigDecimal targetHealthFactor;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Version
    long version = 1;

    PositionRow() {}

    PositionRow(UUID account, PositionDraft draft) {
        this(Ids.next(), account, draft);
    }

    PositionRow(UUID id, UUID account, PositionDraft draft) {
        this.id = id;
        this.account = account;
        write(draft);
    }

    final void write(PositionDraft draft) {
        key = draft.key().orElse(null);
        kind = draft.terms().kind();
        name = draft.name();
        labels = LabelsJson.write(draft.labels()).encode();
        terms = TermsJson.write(draft.terms()).encode();
        legsSince = draft.legsSince();
        targetHealthFactor = draft.targetHealthFactor().orElse(null);
    }

    @Override
    public Position value() {
        return new Position(
                id,
                account,
                Optional.ofNullable(key),
                name,
                LabelsJson.read(new JsonObject(labels)),
                TermsJson.read(kind, new JsonObject(terms)),
                Optional.ofNullable(targetHealthFactor),
                legsSince,
                createdAt,
                version);
    }
}
