package dev.plimsoll.delivery;

import dev.plimsoll.delivery.Verdicts.GivenUp;
import dev.plimsoll.delivery.Verdicts.Verdict;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Disables channels whose receivers want no more, and tells their owners on another channel what did not arrive. */
@Singleton
final class FailureTelling {
    private static final int MOST_LISTED = 5;

    private final Outbox outbox;

    @Inject
    FailureTelling(Outbox outbox) {
        this.outbox = outbox;
    }

    Uni<Void> tell(SqlConnection tx, List<Verdict> verdicts) {
        var failed = verdicts.stream()
                .filter(verdict -> verdict.decision() instanceof GivenUp)
                .collect(Collectors.groupingBy(
                        verdict -> verdict.claim().target().channel(), LinkedHashMap::new, Collectors.toList()));
        if (failed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return disable(tx, failed)
                .chain(disabled -> others(tx, failed.keySet())
                        .chain(others -> untold(tx, failed, disabled)
                                .chain(channels -> outbox.put(tx, notices(channels, failed, disabled, others)))));
    }

    /** Those that were active until now. */
    private static Uni<Collection<UUID>> disable(SqlConnection tx, Map<UUID, List<Verdict>> failed) {
        var rejected = failed.entrySet().stream()
                .filter(entry -> rejection(entry.getValue()).isPresent())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        var reasons = rejected.stream()
                .map(channel -> rejection(failed.get(channel)).orElseThrow())
                .toList();
        return tx.preparedQuery("""
                        update channel c
                        set state = 'disabled', disabled_reason = r.reason, version = c.version + 1
                        from unnest($1::uuid[], $2::text[]) as r (id, reason)
                        where c.id = r.id and c.state = 'active'
                        returning c.id""")
                .execute(Tuple.of(rejected.toArray(UUID[]::new), reasons.toArray(String[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toSet()));
    }

    private static Optional<String> rejection(List<Verdict> verdicts) {
        return verdicts.stream()
                .map(verdict -> (GivenUp) verdict.decision())
                .filter(GivenUp::disables)
                .map(GivenUp::why)
                .findFirst();
    }

    /** The other active channels of the same account, by channel. */
    private static Uni<Map<UUID, List<UUID>>> others(SqlConnection tx, Collection<UUID> channels) {
        return tx.preparedQuery("""
                        select c.id, o.id as other
                        from channel c
                        join channel o on o.account_id = c.account_id and o.id <> c.id and o.state = 'active'
                        where c.id = any($1)
                        order by o.id""")
                .execute(Tuple.of(channels.toArray(UUID[]::new)))
                .map(rows -> rows.stream()
                        .collect(Collectors.groupingBy(
                                row -> row.getUUID("id"),
                                Collectors.mapping((Row row) -> row.getUUID("other"), Collectors.toList()))));
    }

    /** Once a day for each channel: a receiver that is gone gives up on many messages. A new disabling is always told. */
    private static Uni<List<UUID>> untold(
            SqlConnection tx, Map<UUID, List<Verdict>> failed, Collection<UUID> disabled) {
        return tx.preparedQuery("""
                        select c.id
                        from channel c
                        where c.id = any($1)
                          and (c.id = any($2) or not exists (
                              select from notice n
                              where n.account_id = c.account_id
                                and n.type in ('delivery.failed', 'channel.disabled')
                                and n.created_at > now() - interval '1 day'
                                and n.data #>> '{channel,id}' = c.id::text))""")
                .execute(Tuple.of(failed.keySet().toArray(UUID[]::new), disabled.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(row -> row.getUUID("id")).toList());
    }

    private static List<Notice> notices(
            List<UUID> channels,
            Map<UUID, List<Verdict>> failed,
            Collection<UUID> disabled,
            Map<UUID, List<UUID>> others) {
        return channels.stream()
                .map(channel -> notice(
                        failed.get(channel), disabled.contains(channel), others.getOrDefault(channel, List.of())))
                .toList();
    }

    private static Notice notice(List<Verdict> failed, boolean disabled, List<UUID> others) {
        var first = failed.getFirst().claim();
        var why = rejection(failed).orElseGet(() -> ((GivenUp) failed.getFirst().decision()).why());
        var text = text(first.target(), disabled, why, failed.size());
        var data = new JsonObject()
                .put("account", first.account().toString())
                .put("channel", channel(first.target()))
                .put("reason", why)
                .put("undelivered", undelivered(failed))
                .put("text", text);
        return new Notice(
                Ids.next(),
                first.account(),
                Optional.empty(),
                Optional.empty(),
                disabled ? "channel.disabled" : "delivery.failed",
                severity(failed),
                first.at(),
                Optional.of(others),
                data.encode(),
                text);
    }

    private static String text(Claim.Target target, boolean disabled, String why, int undelivered) {
        var what = disabled ? " was disabled: " : " could not be reached: ";
        return "Channel " + target.name() + what + why + ". Not delivered there: " + undelivered + ".";
    }

    private static Severity severity(List<Verdict> failed) {
        return failed.stream()
                .map(verdict -> verdict.claim().severity())
                .max(Severity::compareTo)
                .orElseThrow();
    }

    private static JsonObject channel(Claim.Target target) {
        return new JsonObject()
                .put("id", target.channel().toString())
                .put("name", target.name())
                .put("kind", target.kind());
    }

    /** What it was about, so that nobody must look it up while time runs. */
    private static JsonArray undelivered(List<Verdict> failed) {
        var list = new JsonArray();
        failed.stream()
                .limit(MOST_LISTED)
                .map(Verdict::claim)
                .forEach(claim -> list.add(new JsonObject()
                        .put("delivery", claim.delivery().toString())
                        .put("type", claim.message().type())
                        .put("timestamp", claim.message().at().toString())
                        .put("text", new JsonObject(claim.message().data()).getString("text", ""))));
        return list;
    }
}
