package dev.plimsoll.alert;

import dev.plimsoll.account.OwnedRow;
import dev.plimsoll.unit.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;

/** One row of {@code drill}; once it is due the engine goes on with it, in SQL. */
@Entity
@DynamicUpdate
@Table(name = "drill")
class DrillRow implements OwnedRow<Drill> {

    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    @Column(name = "rule_id", updatable = false)
    UUID rule;

    String state;

    @Column(name = "due_at", updatable = false)
    Instant dueAt;

    @Column(name = "window_from", updatable = false)
    LocalTime windowFrom;

    @Column(name = "window_to", updatable = false)
    LocalTime windowTo;

    @Column(name = "latest_at", updatable = false)
    Instant latestAt;

    String why;

    @Column(name = "started_at", insertable = false, updatable = false)
    Instant startedAt;

    @Column(name = "acknowledged_at", insertable = false, updatable = false)
    Instant acknowledgedAt;

    @Column(name = "acknowledged_by", insertable = false, updatable = false)
    String acknowledgedBy;

    @Column(name = "ended_at", insertable = false)
    Instant endedAt;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    DrillRow() {}

    DrillRow(UUID account, DrillDraft draft) {
        this.id = Ids.next();
        this.account = account;
        this.rule = draft.rule().orElse(null);
        this.state = Drill.State.SCHEDULED.word();
        this.dueAt = draft.dueAt();
        draft.window().ifPresent(window -> {
            windowFrom = window.from();
            windowTo = window.to();
            latestAt = window.latest();
        });
    }

    /** Before it began it is cancelled; while it runs, ended in a moment. @param now by the database */
    void callOff(Instant now) {
        why = "you called it off";
        if (state.equals(Drill.State.SCHEDULED.word())) {
            state = Drill.State.CANCELLED.word();
            endedAt = now;
        }
    }

    @Override
    public Drill value() {
        return new Drill(
                id,
                account,
                Optional.ofNullable(rule),
                Drill.State.valueOf(state.toUpperCase(Locale.ROOT)),
                dueAt,
                Optional.ofNullable(latestAt).map(latest -> new DrillWindow(windowFrom, windowTo, latest)),
                Optional.ofNullable(why),
                Optional.ofNullable(startedAt),
                Optional.ofNullable(acknowledgedAt),
                Optional.ofNullable(acknowledgedBy),
                Optional.ofNullable(endedAt),
                createdAt);
    }
}
