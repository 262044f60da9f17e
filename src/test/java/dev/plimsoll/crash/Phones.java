package dev.plimsoll.crash;

import dev.plimsoll.crash.FlakyReceiver.Message;
import dev.plimsoll.delivery.Sealer;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.ChatAddress.Kind;
import dev.plimsoll.telegram.Shown;
import dev.plimsoll.telegram.TelegramServer;
import dev.plimsoll.unit.Ids;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Chats in which accounts of a fleet hear, too. */
final class Phones implements AutoCloseable {
    private static final String ARRIVED = """
            select d.id::text, d.channel_id, d.message_id, d.done_at, coalesce(a.shown #>> '{position,name}', '') as name
            from delivery d
            join channel c on c.id = d.channel_id and c.kind = 'telegram'
            left join alert a on a.id = d.alert_id
            where d.state = 'delivered'""";

    private static final String OUT_OF_ORDER = """
            select 'out of order: alert ' || d.alert_id || ' sequence ' || n.sequence || ' as message ' || d.message_id
            from delivery d
            join notice n on n.id = d.notice_id
            join delivery later on later.alert_id = d.alert_id and later.channel_id = d.channel_id
            join notice m on m.id = later.notice_id and m.sequence > n.sequence
            where later.message_id < d.message_id""";

    private static final String KNOWN = """
            select channel_id, message_id from delivery where message_id is not null
            union select channel_id, message_id from thread
            union select channel_id, message_id from gauge where message_id is not null""";

    private static final Map<String, String> HURRIED = Map.of(
            "plimsoll.delivery.telegram.per-second", "1000",
            "plimsoll.delivery.telegram.chat-per-second", "100");

    private final TelegramServer telegram;
    private final Map<String, String> pace;
    private final Map<UUID, Supplier<List<Shown>>> chats = new HashMap<>();
    private final Sealer sealer;

    private Phones(Path folder, TelegramServer telegram, Map<String, String> pace)
            throws GeneralSecurityException, IOException {
        this.telegram = telegram;
        this.pace = pace;
        this.sealer = new Sealer(folder);
    }

    /** As many messages as one likes. @param folder with the master key, which is made where there is none */
    static Phones withoutLimits(Path folder) throws GeneralSecurityException, IOException {
        return new Phones(folder, TelegramServer.withoutLimits(), HURRIED);
    }

    /** As strict as the real Telegram, and a service that knows that. */
    static Phones withLimits(Path folder) throws GeneralSecurityException, IOException {
        return new Phones(folder, TelegramServer.start(), Map.of());
    }

    /** What stands in somebody's chat. */
    private record Place(UUID channel, long message) {}

    Map<String, String> settings() {
        var settings = new HashMap<>(pace);
        settings.put("plimsoll.delivery.telegram.token", TelegramServer.TOKEN);
        settings.put("plimsoll.delivery.telegram.url", telegram.url());
        return settings;
    }

    TelegramServer telegram() {
        return telegram;
    }

    /** A chat that is linked already. */
    void link(Connection sql, UUID account) throws SQLException {
        var person = telegram.person("Ada");
        person.writes("hello");
        chats.put(link(sql, account, person.id(), Kind.PRIVATE), person::sees);
    }

    /** The same of a group. */
    void linkGroup(Connection sql, UUID account) throws SQLException {
        var group = telegram.group("Treasury", telegram.person("Ada"));
        chats.put(link(sql, account, group.id(), Kind.GROUP), group::sees);
    }

    private UUID link(Connection sql, UUID account, long chat, Kind kind) throws SQLException {
        var channel = Ids.next();
        var where = new ChatAddress(chat, Optional.empty(), kind, "Ada").settings();
        try (var insert = sql.prepareStatement("""
                insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown, host)
                values (?, ?, 'phone', 'telegram', 'active', ?, '{}', 'telegram')""")) {
            insert.setObject(1, channel);
            insert.setObject(2, account);
            insert.setBytes(3, sealer.settings(channel, where.values()));
            insert.executeUpdate();
        }
        return channel;
    }

    /** What the service says it delivered there, and really stands there. */
    List<Message> accepted(Connection sql) throws SQLException {
        var there = new HashMap<Place, String>();
        chats.forEach((channel, chat) ->
                said(chat).forEach(shown -> there.put(new Place(channel, shown.id()), shown.text())));
        var accepted = new ArrayList<Message>();
        try (var statement = sql.createStatement();
                var row = statement.executeQuery(ARRIVED)) {
            while (row.next()) {
                var place = new Place(row.getObject("channel_id", UUID.class), row.getLong("message_id"));
                if (there.getOrDefault(place, "").contains(row.getString("name"))) {
                    accepted.add(new Message(
                            row.getString(1),
                            new JsonObject(),
                            row.getObject("done_at", Timestamp.class).toInstant()));
                }
            }
        }
        return accepted;
    }

    /** Which messages of an alert came before an earlier one. */
    List<String> outOfOrder(Connection sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = sql.createStatement();
                var row = statement.executeQuery(OUT_OF_ORDER)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    /** Messages that the service does not know it sent: it sent them again. */
    List<String> repeated(Connection sql) throws SQLException {
        var known = new HashSet<Place>();
        try (var statement = sql.createStatement();
                var row = statement.executeQuery(KNOWN)) {
            while (row.next()) {
                known.add(new Place(row.getObject(1, UUID.class), row.getLong(2)));
            }
        }
        var repeated = new ArrayList<String>();
        chats.forEach((channel, chat) -> said(chat)
                .filter(shown -> !known.contains(new Place(channel, shown.id())))
                .forEach(shown -> repeated.add(shown.text().lines().findFirst().orElse(""))));
        return repeated;
    }

    private static Stream<Shown> said(Supplier<List<Shown>> chat) {
        return chat.get().stream().filter(Shown::byBot);
    }

    @Override
    public void close() {
        telegram.close();
    }
}
