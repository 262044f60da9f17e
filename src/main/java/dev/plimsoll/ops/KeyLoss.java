package dev.plimsoll.ops;

import dev.plimsoll.account.seal.SealedColumn;
import dev.plimsoll.ops.check.DatabaseCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A master key that nobody has any more: what is sealed under it goes, with what is useless without. What is sealed under
 * another key stays.
 *
 * @param alone nobody can be running on this database, whoever was heard a moment ago
 */
record KeyLoss(Database database, String key, boolean alone) {
    private static final Pattern SEALED = Pattern.compile("\\$sealed\\((\\w+)\\)");

    private static final String HOLDERS =
            "select string_agg(replica, ', ') from key_holder where until > now() and ? = any(keys)";

    private static final Step WAITING = new Step("messages that waited for them", """
            update delivery d
            set state = 'failed', slot = null, done_at = now(), unheard = true, reason = 'the master key was lost'
            from channel c
            where c.id = d.channel_id
              and d.state = 'pending'
              and ($sealed(settings_sealed) or $sealed(secret_sealed))
            """);

    private static final Step HASH_KEY =
            new Step("key of the keyed hashes", "delete from hash_key where $sealed(sealed)");

    private static final List<Step> STEPS = List.of(
            WAITING,
            new Step("accounts from files, to be applied anew", """
                    delete from provisioned p
                    using account a
                    where a.id = p.account_id
                      and ($sealed(email_sealed)
                           or exists (
                               select from channel
                               where account_id = a.id and ($sealed(settings_sealed) or $sealed(secret_sealed))))
                    """),
            new Step("channels", "delete from channel where $sealed(settings_sealed) or $sealed(secret_sealed)"),
            new Step("signing secrets before the present ones", """
                    update channel
                    set old_secret_sealed = null, old_secret_until = null
                    where $sealed(old_secret_sealed)
                    """),
            new Step("proofs sent of late", "delete from proof where $sealed(address_sealed)"),
            new Step("answers kept for an Idempotency-Key", "delete from idempotency where $sealed(body_sealed)"),
            new Step("messages of people to the bot", "delete from telegram_update where $sealed(sealed)"),
            new Step(
                    "mail addresses of accounts", "update account set email_sealed = null where $sealed(email_sealed)"),
            new Step("copies of messages", "update delivery set body_sealed = null where $sealed(body_sealed)"),
            HASH_KEY);

    /** Nothing is found by hashes whose key is gone. */
    private static final List<String> AFTER_HASH_KEY = List.of(
            "delete from chat_link",
            "delete from conversation",
            "delete from recovery_request",
            "update channel set mail_hash = null where mail_hash is not null");

    private static final String IDLE_TURNS = """
            delete from telegram_turn t
            where not exists (select from telegram_update u where u.bot = t.bot and u.chat = t.chat and u.sealed is not null)
            """;

    /** @param what goes, in a few words */
    private record Step(String what, String sql) {}

    /**
     * In one transaction. Returns how much went, by a few words on what; nothing of which there was none.
     *
     * @throws Refused where a replica that runs has the key, or nothing is sealed under it; nothing is changed then
     */
    Map<String, Integer> forget() throws SQLException {
        try (var connection = DatabaseCheck.connect(database, database.engine())) {
            connection.setAutoCommit(false);
            refuseUnlessLost(connection);
            var gone = new LinkedHashMap<String, Integer>();
            for (var step : STEPS) {
                gone.put(step.what(), update(connection, step.sql()));
            }
            if (gone.get(HASH_KEY.what()) > 0) {
                for (var sql : AFTER_HASH_KEY) {
                    update(connection, sql);
                }
            }
            update(connection, IDLE_TURNS);
            update(connection, "delete from master_key where id = ?");
            refuseIfLeft(connection);
            connection.commit();
            gone.values().removeIf(count -> count == 0);
            return gone;
        }
    }

    private void refuseUnlessLost(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("lock table master_key in share row exclusive mode");
        }
        try (var holders = connection.prepareStatement(HOLDERS)) {
            holders.setString(1, key);
            try (var row = holders.executeQuery()) {
                row.next();
                if (row.getString(1) != null && !alone) {
                    throw new Refused(("Key %s is not lost: %s has it. Copy the file from there; or stop every replica,"
                                    + " wait a minute and say this again.")
                            .formatted(key, row.getString(1)));
                }
            }
        }
    }

    /** A table that came later, and is not said here. */
    private void refuseIfLeft(Connection connection) throws SQLException {
        var left = KeyUsage.in(connection).orElseThrow().sealed().getOrDefault(key, 0L);
        if (left > 0) {
            throw new Refused(
                    "%d values sealed under %s would be left: nothing was changed. This is a fault in Plimsoll."
                            .formatted(left, key));
        }
    }

    private int update(Connection connection, String text) throws SQLException {
        var sql = SEALED.matcher(text).replaceAll(column -> SealedColumn.keyOf(column.group(1)) + " = ?");
        try (var statement = connection.prepareStatement(sql)) {
            for (var place = 1;
                    place <= sql.chars().filter(letter -> letter == '?').count();
                    place++) {
                statement.setString(place, key);
            }
            return statement.executeUpdate();
        }
    }
}
