package dev.plimsoll.rule;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.account.OwnedRow;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Generated;

/** One row of {@code rule}. */
@Entity
@Table(name = "rule")
class RuleRow implements OwnedRow<Rule> {

    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    String key;
    String name;

    @ColumnTransformer(read = "labels::text", write = "cast(cast(? as text) as jsonb)")
    String labels;

    @ColumnTransformer(read = "watches::text", write = "cast(cast(? as text) as jsonb)")
    String watches;

    @ColumnTransformer(read = "condition::text", write = "cast(cast(? as text) as jsonb)")
    String condition;

    @ColumnTransformer(read = "levels::text", write = "cast(cast(? as text) as jsonb)")
    String levels;

    UUID[] channels;

    @ColumnTransformer(read = "escalation::text", write = "cast(cast(? as text) as jsonb)")
    String escalation;

    @Column(name = "quiet_from")
    LocalTime quietFrom;

    @Column(name = "quiet_to")
    LocalTime quietTo;

    @Column(name = "notify_resolved")
    boolean notifyResolved;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Version
    long version = 1;

    RuleRow() {}

    RuleRow(UUID account, RuleDraft draft) {
        this.id = Ids.next();
        this.account = account;
        write(draft);
    }

    final void write(RuleDraft draft) {
        key = draft.key().orElse(null);
        name = draft.name();
        labels = LabelsJson.write(draft.labels()).encode();
        watches = Json.encode(RuleJson.watches(draft.watches()));
        condition = RuleJson.condition(draft.condition()).encode();
        levels = RuleJson.levels(draft.condition(), draft.levels()).encode();
        write(draft.telling());
    }

    private void write(Telling telling) {
        channels = telling.channels().map(ids -> ids.toArray(UUID[]::new)).orElse(null);
        escalation = TellingJson.escalation(telling.escalation()).encode();
        quietFrom = telling.quietHours().map(QuietHours::from).orElse(null);
        quietTo = telling.quietHours().map(QuietHours::to).orElse(null);
        notifyResolved = telling.notifyResolved();
    }

    @Override
    public Rule value() {
        var asked = RuleJson.readCondition(new JsonObject(condition));
        return new Rule(
                id,
                account,
                Optional.ofNullable(key),
                name,
                LabelsJson.read(new JsonObject(labels)),
                RuleJson.readWatches(Json.decodeValue(watches)),
                asked,
                RuleJson.readLevels(asked, new JsonArray(levels)),
                telling(),
                createdAt,
                version);
    }

    private Telling telling() {
        return new Telling(
                Optional.ofNullable(channels).map(List::of),
                TellingJson.readEscalation(new JsonArray(escalation)),
                Optional.ofNullable(quietFrom).map(from -> new QuietHours(from, quietTo)),
                notifyResolved);
    }
}
