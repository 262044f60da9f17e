package dev.plimsoll.delivery;

import static dev.plimsoll.delivery.OutboxRows.column;

import dev.plimsoll.delivery.Trouble.Undelivered;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells the owner of a channel on the others what is wrong with it, and what did not arrive there. */
@Singleton
final class FailureTelling {
    private static final int MOST_LISTED = 5;

    /** That something could not be delivered is told once a day: a receiver that is gone fails many times. */
    private static final String CHANNELS = """
            select c.id, c.account_id, c.name, c.kind, now() as at, others.ids
            from unnest($1::uuid[], $2::text[]) as t (channel_id, type)
            join channel c on c.id = t.channel_id
            cross join lateral (
                select array_agg(o.id order by o.id) as ids
                from channel o
                where o.account_id = c.account_id and o.id <> c.id and o.state = 'active' and o.buddy is null) others
            where t.type <> 'delivery.failed'
               or not exists (
                  select from notice n
                  where n.account_id = c.account_id
                    and n.type in ('delivery.failed', 'channel.disabled')
                    and n.created_at > now() - interval '1 day'
                    and n.data #>> '{channel,id}' = c.id::text)""";

    private final Outbox outbox;

    @Inject
    FailureTelling(Outbox outbox) {
        this.outbox = outbox;
    }

    /** @param troubles at most one a channel */
    Uni<Void> tell(SqlConnection tx, List<Trouble> troubles) {
        if (troubles.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var byChannel = troubles.stream().collect(Collectors.toMap(Trouble::channel, Function.identity()));
        return tx.preparedQuery(CHANNELS)
                .execute(Tuple.of(
                        column(troubles, Trouble::channel, UUID[]::new),
                        column(troubles, trouble -> trouble.what().type(), String[]::new)))
                .map(rows -> rows.stream()
                        .map(row -> notice(row, byChannel.get(row.getUUID("id"))))
                        .toList())
                .chain(notices -> outbox.put(tx, notices));
    }

    private static Notice notice(Row channel, Trouble trouble) {
        var account = channel.getUUID("account_id");
        var text = trouble.text(channel.getString("name"));
        return new Notice(
                Ids.next(),
                account,
                Optional.empty(),
                Optional.empty(),
                trouble.what().type(),
                trouble.severity(),
                channel.getOffsetDateTime("at").toInstant(),
                Optional.of(others(channel)),
                data(channel, trouble, text).encode(),
                text);
    }

    private static JsonObject data(Row channel, Trouble trouble, String text) {
        var about = new JsonObject()
                .put("id", trouble.channel().toString())
                .put("name", channel.getString("name"))
                .put("kind", channel.getString("kind"));
        return new JsonObject()
                .put("account", channel.getUUID("account_id").toString())
                .put("channel", about)
                .put("reason", trouble.why())
                .put("undelivered", undelivered(trouble.missing()))
                .put("text", text);
    }

    private static List<UUID> others(Row channel) {
        return Optional.ofNullable(channel.getArrayOfUUIDs("ids")).stream()
                .flatMap(Stream::of)
                .toList();
    }

    /** What it was about, so that nobody must look it up while time runs. */
    private static JsonArray undelivered(List<Undelivered> missing) {
        var list = new JsonArray();
        missing.stream()
                .limit(MOST_LISTED)
                .forEach(one -> list.add(new JsonObject()
                        .put("delivery", one.delivery().toString())
                        .put("type", one.type())
                        .put("timestamp", one.at().toString())
                        .put("text", one.text())));
        return list;
    }
}
