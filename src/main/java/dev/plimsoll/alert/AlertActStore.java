package dev.plimsoll.alert;

import dev.plimsoll.alert.Act.Acknowledge;
import dev.plimsoll.alert.Act.Snooze;
import dev.plimsoll.rule.Severity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What owners do about their alerts: a step in the alert's life like any other, with its own sequence, place in the
 * timeline and notice. The watch learns of it through the table {@code change} and goes on from there; what it decided
 * meanwhile from the row before has an old version and is decided again. Whoever acts on it knows of it: nothing is kept
 * from them any longer.
 */
@Singleton
public class AlertActStore {
    private static final String LOCK = AlertJson.COLUMNS + """
            where account_id = $1
              and id = $2
            for update
            """;

    private static final String ACKNOWLEDGE = """
            update alert
            set acknowledged_at = $3,
                hush = null,
                sequence = sequence + 1,
                version = version + 1,
                updated_at = now()
            where account_id = $1
              and id = $2
            """;

    private static final String SNOOZE = """
            update alert
            set snoozed_until = $3,
                hush = null,
                sequence = sequence + 1,
                version = version + 1,
                updated_at = now()
            where account_id = $1
              and id = $2
            """;

    private static final String TIMELINE = """
            insert into transition (alert_id, account_id, sequence, type, reason, severity, at, detail)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /** The time that it took is kept by the database's clock. */
    private static final String DRILL = """
            update drill
            set acknowledged_at = now(),
                acknowledged_by = $2
            where id = $1
              and state = 'running'
              and acknowledged_at is null
            """;

    /** What came of it. */
    public sealed interface Result {}

    /**
     * @param alert    as it was before, without its timeline
     * @param shown    what rule and subject are called, and for which channels it is
     * @param sequence of the step
     * @param act      what was done: a snooze is cut to what its severity allows
     */
    public record Done(JsonObject alert, JsonObject shown, int sequence, Act act) implements Result {}

    /** It was acknowledged before, and that still lasts; nothing happened. */
    public record Already() implements Result {}

    /** @param state it is pending or resolved */
    public record NotFiring(String state) implements Result {}

    public record Missing() implements Result {}

    /** @param tx of the account; writes the notice too, or nothing */
    public Uni<Result> act(SqlConnection tx, UUID account, UUID id, Act act) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(account, id))
                .map(rows -> rows.stream().findFirst())
                .chain(row -> row.map(found -> act(tx, found, act))
                        .orElseGet(() -> Uni.createFrom().item(new Missing())));
    }

    private static Uni<Result> act(SqlConnection tx, Row row, Act act) {
        var state = row.getString("state");
        if (!state.equals("firing")) {
            return Uni.createFrom().item(new NotFiring(state));
        }
        var severity = Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT));
        if (act instanceof Acknowledge && lasts(row, severity, act.at())) {
            return Uni.createFrom().item(new Already());
        }
        var cut = act instanceof Snooze snooze ? snooze.lasting(severity) : act;
        var done = new Done(AlertJson.alert(row), row.getJsonObject("shown"), row.getInteger("sequence") + 1, cut);
        return write(tx, row, cut)
                .chain(() -> step(tx, row, done.sequence(), cut))
                .chain(() -> drilled(tx, row, cut))
                .replaceWith(done);
    }

    private static boolean lasts(Row row, Severity severity, Instant at) {
        return Optional.ofNullable(row.getOffsetDateTime("acknowledged_at"))
                .map(since -> since.toInstant().plus(Attention.patience(severity)))
                .filter(at::isBefore)
                .isPresent();
    }

    private static Uni<?> write(SqlConnection tx, Row row, Act act) {
        var account = row.getUUID("account_id");
        var id = row.getUUID("id");
        return switch (act) {
            case Acknowledge(var at, var note) -> tx.preparedQuery(ACKNOWLEDGE).execute(Tuple.of(account, id, utc(at)));
            case Snooze(var at, var until, var note) ->
                tx.preparedQuery(SNOOZE).execute(Tuple.of(account, id, utc(until)));
        };
    }

    private static Uni<?> step(SqlConnection tx, Row row, int sequence, Act act) {
        return tx.preparedQuery(TIMELINE)
                .execute(Tuple.tuple()
                        .addValue(row.getUUID("id"))
                        .addValue(row.getUUID("account_id"))
                        .addValue(sequence)
                        .addValue(act.type())
                        .addValue(act.reason())
                        .addValue(row.getString("severity"))
                        .addValue(utc(act.at()))
                        .addValue(detail(act)));
    }

    /** Whoever snoozes a drill is awake too. */
    private static Uni<?> drilled(SqlConnection tx, Row row, Act act) {
        return Subject.parse(row.getString("subject")) instanceof Subject.OfDrill(var id)
                ? tx.preparedQuery(DRILL).execute(Tuple.of(id, note(act).orElse(null)))
                : Uni.createFrom().voidItem();
    }

    private static Optional<String> note(Act act) {
        return switch (act) {
            case Acknowledge(var at, var note) -> note;
            case Snooze(var at, var until, var note) -> note;
        };
    }

    private static JsonObject detail(Act act) {
        var detail = new JsonObject();
        switch (act) {
            case Acknowledge(var at, var note) -> note.ifPresent(text -> detail.put("note", text));
            case Snooze(var at, var until, var note) -> {
                detail.put("until", until.toString());
                note.ifPresent(text -> detail.put("note", text));
            }
        }
        return detail;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
