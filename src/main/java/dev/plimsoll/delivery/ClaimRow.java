package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Claim.Origin;
import dev.plimsoll.delivery.Claim.Target;
import dev.plimsoll.rule.Severity;
import io.vertx.mutiny.sqlclient.Row;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/** What a courier reads of a delivery that it claimed. */
final class ClaimRow {
    /** What it takes to send to a channel {@code c} of an account {@code a}. */
    static final String TARGET = """
            c.id as channel_id, c.name, c.kind, c.state, c.host, c.failing_since is not null as failing, c.settings_sealed,
            c.secret_sealed, case when c.old_secret_until > now() then c.old_secret_sealed end as old_secret_sealed,
            c.buddy, a.name as asker, a.timezone""";

    /** What is told of a claim {@code q}. */
    static final String WHAT = """
            d.account_id, d.alert_id, d.group_id, d.body, d.body_sealed, d.replaced, d.created_at,
            n.type, n.severity, n.at, n.data::text as data,
            n.trace, n.not_before is not null as held_back,
            %s""".formatted(TARGET);

    static final String OF = """
            join delivery d on d.id = q.delivery_id
            join notice n on n.id = d.notice_id
            join channel c on c.id = d.channel_id
            join account a on a.id = d.account_id""";

    private ClaimRow() {}

    /** Of a row with {@link #TARGET} and its account's id. */
    static Receiver receiver(Row row, SecretBox box) {
        return target(row).open(row.getUUID("account_id"), box).in(ZoneId.of(row.getString("timezone")));
    }

    /** @param before just before it was claimed, by this machine's monotonic clock */
    static Claim claim(Row row, long before) {
        return new Claim(
                row.getUUID("delivery_id"),
                row.getInteger("attempt"),
                row.getInteger("tries"),
                row.getUUID("account_id"),
                Optional.ofNullable(row.getUUID("alert_id")),
                Optional.ofNullable(row.getUUID("group_id")),
                ZoneId.of(row.getString("timezone")),
                severity(row),
                message(row),
                new Frozen(Optional.ofNullable(row.getString("body")), sealed(row, "body_sealed")),
                target(row),
                new Origin(
                        row.getBoolean("held_back"),
                        Optional.ofNullable(row.getString("trace")),
                        row.getOffsetDateTime("created_at").toInstant()),
                row.getOffsetDateTime("claimed_at").toInstant(),
                before);
    }

    private static Message message(Row row) {
        return new Message(
                row.getUUID("delivery_id"),
                row.getString("type"),
                severity(row),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("data"),
                ReplacedJson.read(row.getJsonArray("replaced")));
    }

    private static Severity severity(Row row) {
        return Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT));
    }

    /** Of a row with the columns of a channel that are needed to send there. */
    static Target target(Row row) {
        return new Target(
                row.getUUID("channel_id"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("state"),
                row.getString("host"),
                row.getBoolean("failing"),
                row.getBuffer("settings_sealed").getBytes(),
                sealed(row, "secret_sealed"),
                sealed(row, "old_secret_sealed"),
                Optional.ofNullable(row.getString("buddy")).map(name -> new Buddy(name, row.getString("asker"))));
    }

    private static Optional<byte[]> sealed(Row row, String column) {
        return Optional.ofNullable(row.getBuffer(column)).map(buffer -> buffer.getBytes());
    }
}
