package dev.plimsoll.chat;

import dev.plimsoll.delivery.Notice;
import dev.plimsoll.delivery.Outbox;
import dev.plimsoll.rule.Severity;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tells the other channels of an account that a chat was linked to it: a link may have been read by a stranger. */
@Singleton
class LinkNotices {
    private static final String OTHERS = """
            select o.id, c.name
            from channel c
            join channel o on o.account_id = c.account_id and o.id <> c.id and o.state = 'active' and o.buddy is null
            where c.account_id = $1
              and c.id = $2
            order by o.id
            """;

    private final Outbox outbox;
    private final Clock clock;

    @Inject
    LinkNotices(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** @param tx of the account */
    Uni<Void> linked(SqlConnection tx, ChatLink link, Visit visit) {
        return tx.preparedQuery(OTHERS)
                .execute(Tuple.of(link.account(), link.channel()))
                .map(rows -> rows.stream().toList())
                .chain(others -> others.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : outbox.put(
                                tx,
                                List.of(notice(
                                        link,
                                        visit,
                                        others.getFirst().getString("name"),
                                        others.stream()
                                                .map(row -> row.getUUID("id"))
                                                .toList()))));
    }

    private Notice notice(ChatLink link, Visit visit, String channel, List<UUID> others) {
        var text =
                ("%s was linked to your account, as channel %s, by %s. If that was not you, delete the channel and make"
                                + " sure that nobody else has your API keys.")
                        .formatted(chat(visit), channel, visit.name());
        var about = new JsonObject()
                .put("id", link.channel().toString())
                .put("name", channel)
                .put("kind", Linking.KIND);
        var data = new JsonObject()
                .put("account", link.account().toString())
                .put("channel", about)
                .put("text", text);
        return new Notice(
                Ids.next(),
                link.account(),
                Optional.empty(),
                Optional.empty(),
                "channel.linked",
                Severity.WARNING,
                clock.instant(),
                Optional.of(others),
                data.encode(),
                text);
    }

    private static String chat(Visit visit) {
        return visit.isPrivate() ? "A private Telegram chat" : "The Telegram group " + Names.shown(visit.title());
    }
}
