package dev.plimsoll.pipeline.digest;

import dev.plimsoll.account.OwnedRow;
import dev.plimsoll.pipeline.digest.Occasion.Bedtime;
import dev.plimsoll.pipeline.digest.Occasion.Daily;
import dev.plimsoll.pipeline.digest.Occasion.Weekly;
import dev.plimsoll.unit.Ids;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** One row of {@code digest}. */
@Entity
@Table(name = "digest")
class DigestRow implements OwnedRow<Digest> {
    @Id
    UUID id;

    @Column(name = "account_id", updatable = false)
    UUID account;

    String kind;

    @Column(name = "local_time")
    LocalTime at;

    Integer weekday;
    UUID[] channels;

    @Column(name = "asleep_minutes")
    Integer asleepMinutes;

    @Column(name = "acceptable_chance")
    BigDecimal acceptableChance;

    @Column(name = "next_at")
    Instant next;

    @Column(name = "last_date", insertable = false, updatable = false)
    LocalDate lastDate;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    @Version
    long version = 1;

    DigestRow() {}

    DigestRow(UUID account, DigestDraft draft, Instant next) {
        this.id = Ids.next();
        this.account = account;
        write(draft, next);
    }

    final void write(DigestDraft draft, Instant nextOne) {
        kind = draft.occasion().kind();
        at = draft.occasion().at();
        weekday = draft.occasion() instanceof Weekly weekly ? weekly.day().getValue() : null;
        asleepMinutes =
                draft.occasion() instanceof Bedtime night ? (int) night.asleep().toMinutes() : null;
        acceptableChance = draft.occasion() instanceof Bedtime night ? night.acceptable() : null;
        channels = draft.channels().map(ids -> ids.toArray(UUID[]::new)).orElse(null);
        next = nextOne;
    }

    @Override
    public Digest value() {
        return new Digest(
                id,
                account,
                occasion(at, Optional.ofNullable(weekday), night()),
                Optional.ofNullable(channels).map(List::of),
                Optional.ofNullable(next),
                createdAt,
                version);
    }

    private Optional<Night> night() {
        return Optional.ofNullable(asleepMinutes).map(minutes -> new Night(minutes, acceptableChance));
    }

    /** What a check is about. */
    record Night(int asleepMinutes, BigDecimal acceptable) {}

    /** From the columns, of which the database says which belong together. */
    static Occasion occasion(LocalTime at, Optional<Integer> weekday, Optional<Night> night) {
        return weekday.<Occasion>map(day -> new Weekly(at, DayOfWeek.of(day)))
                .or(() -> night.map(it -> new Bedtime(at, Duration.ofMinutes(it.asleepMinutes), it.acceptable)))
                .orElseGet(() -> new Daily(at));
    }
}
