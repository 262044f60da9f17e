package dev.plimsoll.ops.check;

import dev.plimsoll.account.seal.KeyProbe;
import dev.plimsoll.account.seal.MasterKey;
import dev.plimsoll.account.seal.MasterKeyFile;
import dev.plimsoll.account.seal.MasterKeys;
import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.Refused;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the master keys we were given are those under which the database's values are sealed. Writes over neither. */
public record MasterKeyCheck(Database database, MasterKeyFile file) {
    private static final String SUBJECT = "master key";
    private static final String REGISTERED = "select id, probe from master_key order by since, id";
    private static final String REGISTER = "insert into master_key (id, probe) values (?, ?)";
    private static final String HOLD = """
            insert into key_holder (replica, keys, sealing, until)
            values (?, ?, ?, now() + interval '1 minute')
            """;

    /** A key that something in the database is sealed under. @param probe opens under it */
    private record Registered(String id, byte[] probe) {}

    /** What there is to say, without writing anything. */
    public Finding finding() {
        try (var connection = DatabaseCheck.connect(database, database.engine())) {
            return registered(connection)
                    .map(this::finding)
                    .orElseGet(() ->
                            new Fine(SUBJECT, "nothing is sealed yet: the first ./plimsoll run makes the schema"));
        } catch (SQLException e) {
            return new Fine(SUBJECT, "not looked at without the database");
        }
    }

    private Finding finding(List<Registered> registered) {
        if (registered.isEmpty()) {
            return new Fine(SUBJECT, "nothing is sealed yet");
        }
        try {
            var keys = file.read();
            return registered.stream()
                    .filter(one -> !KeyProbe.opens(keys, one.id(), one.probe()))
                    .findFirst()
                    .<Finding>map(this::missing)
                    .orElseGet(() -> new Fine(SUBJECT, "%s holds every key that is needed".formatted(file.path())));
        } catch (MasterKeyFile.Unusable e) {
            return new Fault(SUBJECT, e.getMessage());
        }
    }

    private Fault missing(Registered one) {
        return new Fault(
                SUBJECT,
                ("Values in the database are sealed under the master key %s, which %s does not hold: put back the file of"
                                + " this database from your copy, or name it with %s. Nothing was changed. If there is no"
                                + " copy anywhere: src/docs/operations.md, When the master key is lost.")
                        .formatted(one.id(), file.path(), MasterKeyFile.SETTING));
    }

    /** At the start: refuses other keys than those of this database, and tells the other replicas what we know. */
    public void register(MasterKey own) {
        try (var connection = DatabaseCheck.connect(database, database.engine())) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("lock table master_key in share row exclusive mode");
            }
            var before = registered(connection).orElse(List.of());
            if (finding(before) instanceof Fault(var subject, var sentence)) {
                throw new Refused(sentence);
            }
            own.use(own.keys(), sealing(connection, own.keys(), before));
            hold(connection, own);
            connection.commit();
        } catch (SQLException e) {
            throw new Refused("The master keys of the database %s cannot be looked up (%s): was it migrated?"
                    .formatted(database.url(), e.getMessage().strip().replaceAll("\\s*\\R\\s*", " ")));
        }
    }

    /** Under a key that nobody seals under yet we do so only when all replicas know it. */
    private static String sealing(Connection connection, MasterKeys keys, List<Registered> before) throws SQLException {
        if (before.isEmpty()) {
            try (var insert = connection.prepareStatement(REGISTER)) {
                insert.setString(1, keys.primary());
                insert.setBytes(2, KeyProbe.of(keys, keys.primary()));
                insert.executeUpdate();
            }
            return keys.primary();
        }
        return before.stream()
                .map(Registered::id)
                .filter(keys.primary()::equals)
                .findFirst()
                .orElse(before.getLast().id());
    }

    private static void hold(Connection connection, MasterKey own) throws SQLException {
        try (var insert = connection.prepareStatement(HOLD)) {
            insert.setString(1, own.replica());
            insert.setArray(2, connection.createArrayOf("text", own.keys().ids().toArray()));
            insert.setString(3, own.sealing());
            insert.executeUpdate();
        }
    }

    /** Empty where there is no schema yet. */
    private static Optional<List<Registered>> registered(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var there = statement.executeQuery("select to_regclass('master_key') is not null")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            var found = new ArrayList<Registered>();
            try (var rows = statement.executeQuery(REGISTERED)) {
                while (rows.next()) {
                    found.add(new Registered(rows.getString(1), rows.getBytes(2)));
                }
            }
            return Optional.of(List.copyOf(found));
        }
    }
}
