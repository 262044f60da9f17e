package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.delivery.Outcome.Delivered;
import dev.plimsoll.delivery.Outcome.Retry;
import dev.plimsoll.delivery.Tried.Called;
import dev.plimsoll.delivery.Trouble.Undelivered;
import dev.plimsoll.delivery.Trouble.What;
import dev.plimsoll.delivery.Verdicts.GivenUp;
import dev.plimsoll.delivery.Verdicts.Verdict;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What attempts say of their channels. One whose receiver wants no more is disabled at once; one that takes nothing for
 * days, too, after a warning at half of that time. By database time, and only as attempts fail: a channel that nothing is
 * sent to is not judged, and the days begin anew with the first attempt after a silence longer than any pause between two.
 */
@Singleton
final class ChannelHealth {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** What somebody else is changing just now is noted at the next attempt. */
    private static final String NOTE = """
            with seen as (
                select c.id, s.arrived, c.failing_since as since, c.failing_warned as warned,
                       c.failing_since <= now() - $3::float8 / 2 * interval '1 millisecond' as half,
                       c.failing_since <= now() - $3::float8 * interval '1 millisecond' as over,
                       -- of those under way at once one may have arrived after another failed; or there was a silence:
                       -- the longest pause is a day and a tenth, and what is under way now is no minute old
                       case when c.failing_since <= now() - $3::float8 / 2 * interval '1 millisecond' then exists (
                           select from delivery d
                           where d.channel_id = c.id and d.state = 'delivered' and d.done_at > c.failing_since)
                           or not exists (
                           select from delivery d
                           join attempt a on a.delivery_id = d.id
                           where d.channel_id = c.id
                             and (d.state = 'pending' or d.done_at > now() - interval '30 hours')
                             and a.at between now() - interval '30 hours' and now() - interval '1 minute')
                       else false end as anew
                from unnest($1::uuid[], $2::bool[]) as s (id, arrived)
                join channel c on c.id = s.id
                where c.state = 'active'
                for no key update of c skip locked)
            update channel c
            set failing_since = case when s.arrived then null when s.anew then now() else coalesce(s.since, now()) end,
                failing_warned = not s.arrived and not s.anew and (s.warned or coalesce(s.half, false))
            from seen s
            where c.id = s.id
              and case when s.arrived then s.since is not null
                       else s.since is null or s.anew or s.over or s.half and not s.warned end
            returning c.id, c.failing_since, c.failing_since + $3::float8 * interval '1 millisecond' as ends_at,
                      not s.arrived and not s.anew and coalesce(s.half, false) as lasts, s.over and s.warned as ends, s.over""";

    private final ClosedChannels closed;
    private final Duration patience;

    @Inject
    ChannelHealth(ClosedChannels closed, DeliveryConfig config) {
        this.closed = closed;
        this.patience = config.disableAfter();
    }

    /** Keeps what the attempts say, disables what must be, and tells the owners elsewhere; also what was given up. */
    Uni<Void> settle(SqlConnection tx, List<Tried> own, List<Verdict> verdicts) {
        var given = givenUp(verdicts);
        return note(tx, own)
                .map(lasting -> merged(given, lasting))
                .chain(troubles -> troubles.isEmpty() ? Uni.createFrom().voidItem() : closed.settle(tx, troubles));
    }

    private static List<Trouble> merged(List<Trouble> given, List<Trouble> lasting) {
        var byChannel = new LinkedHashMap<UUID, Trouble>();
        lasting.forEach(trouble -> byChannel.put(trouble.channel(), trouble));
        given.forEach(trouble -> byChannel.merge(
                trouble.channel(),
                trouble,
                (one, other) -> other.what() == What.DISABLED ? other : one.and(Optional.of(other))));
        return List.copyOf(byChannel.values());
    }

    private static List<Trouble> givenUp(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.decision() instanceof GivenUp)
                .collect(Collectors.groupingBy(
                        verdict -> verdict.claim().target().channel(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> trouble(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Trouble trouble(UUID channel, List<Verdict> failed) {
        var reasons =
                failed.stream().map(verdict -> (GivenUp) verdict.decision()).toList();
        var rejection = reasons.stream().filter(GivenUp::disables).findFirst();
        return new Trouble(
                channel,
                rejection.isPresent() ? What.DISABLED : What.UNDELIVERED,
                rejection.orElse(reasons.getFirst()).why(),
                failed.stream().map(verdict -> undelivered(verdict.claim())).toList(),
                failed.size());
    }

    private static Undelivered undelivered(Claim claim) {
        var message = claim.message();
        return new Undelivered(
                claim.delivery(),
                message.type(),
                claim.severity(),
                message.at(),
                new JsonObject(message.data()).getString("text", ""));
    }

    /** Asks the database only where an attempt failed, or a channel works again. */
    private Uni<List<Trouble>> note(SqlConnection tx, List<Tried> own) {
        var arrived = new HashMap<UUID, Boolean>();
        var why = new HashMap<UUID, String>();
        for (var tried : own) {
            var target = tried.claim().target();
            if (tried.ending() instanceof Called called && isNews(called.outcome(), target)) {
                arrived.merge(target.channel(), called.outcome() instanceof Delivered, Boolean::logicalOr);
                why.put(target.channel(), called.outcome().why());
            }
        }
        if (arrived.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var channels = new ArrayList<>(arrived.keySet());
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(
                        column(channels, channel -> channel, UUID[]::new),
                        column(channels, arrived::get, Boolean[]::new),
                        (double) patience.toMillis()))
                .map(rows -> rows.stream()
                        .filter(row -> row.getBoolean("lasts"))
                        .map(row -> lasting(row, why))
                        .toList());
    }

    private static boolean isNews(Outcome outcome, Claim.Target target) {
        return outcome instanceof Retry || outcome instanceof Delivered && target.failing();
    }

    private static Trouble lasting(Row row, Map<UUID, String> why) {
        var channel = row.getUUID("id");
        var since = "nothing has arrived there since " + shown(row, "failing_since") + " (" + why.get(channel) + ")";
        return row.getBoolean("ends")
                ? new Trouble(channel, What.DISABLED, since, List.of(), 0)
                : new Trouble(
                        channel,
                        What.FAILING,
                        since + ". It will be disabled " + when(row) + " unless something arrives",
                        List.of(),
                        0);
    }

    private static String when(Row row) {
        return row.getBoolean("over") ? "at the next attempt" : "on " + shown(row, "ends_at");
    }

    private static String shown(Row row, String column) {
        return SHOWN.format(row.getOffsetDateTime(column).toInstant());
    }
}
