package dev.plimsoll.ops;

import dev.plimsoll.account.seal.SealedColumn;
import dev.plimsoll.ops.check.DatabaseCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database says of master keys.
 *
 * @param registered the keys that something is sealed under, or may be, each with a few words on it
 * @param sealed     how many values are sealed under each key, counted just now
 * @param replicas   a line on each that runs
 */
record KeyUsage(Map<String, String> registered, Map<String, Long> sealed, List<String> replicas) {
    private static final String KEYS = """
            select id, values_left, row_number() over (order by since desc, id desc) = 1 as newest
            from master_key
            order by since, id
            """;

    private static final String HOLDERS =
            "select replica, keys, sealing from key_holder where until > now() order by replica";

    private static final String COUNT = """
            select $key, count(*)
            from $table
            where $column is not null
            group by 1
            """;

    /** Empty where there is no schema yet. */
    static Optional<KeyUsage> in(Database database) throws SQLException {
        try (var connection = DatabaseCheck.connect(database, database.engine())) {
            return in(connection);
        }
    }

    static Optional<KeyUsage> in(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var there = statement.executeQuery("select to_regclass('master_key') is not null")) {
            there.next();
            return there.getBoolean(1)
                    ? Optional.of(new KeyUsage(registered(connection), sealed(connection), replicas(connection)))
                    : Optional.empty();
        }
    }

    boolean needs(String id) {
        return registered.containsKey(id) || sealed.containsKey(id);
    }

    String of(String id) {
        return Optional.ofNullable(registered.get(id))
                .or(() -> Optional.ofNullable(sealed.get(id))
                        .map(count -> count
                                + " values are still sealed under it, and running replicas look for such every hour"))
                .orElse("nothing is sealed under it");
    }

    private static Map<String, Long> sealed(Connection connection) throws SQLException {
        var counts = new HashMap<String, Long>();
        try (var statement = connection.createStatement()) {
            for (var column : columns(statement)) {
                try (var rows = statement.executeQuery(column.sql(COUNT))) {
                    while (rows.next()) {
                        counts.merge(rows.getString(1), rows.getLong(2), Long::sum);
                    }
                }
            }
        }
        return counts;
    }

    private static List<SealedColumn> columns(Statement statement) throws SQLException {
        var found = new ArrayList<SealedColumn>();
        try (var rows = statement.executeQuery(SealedColumn.ALL)) {
            while (rows.next()) {
                found.add(new SealedColumn(rows.getString(1), rows.getString(2)));
            }
        }
        return found;
    }

    private static Map<String, String> registered(Connection connection) throws SQLException {
        var found = new LinkedHashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(KEYS)) {
            while (rows.next()) {
                var left = rows.getLong(2);
                var counted = !rows.wasNull();
                found.put(
                        rows.getString(1),
                        rows.getBoolean(3)
                                ? "what is new is sealed under it"
                                : counted && left > 0
                                        ? left + " values were not sealed anew when they were last counted"
                                        : "still needed for a minute or two");
            }
        }
        return found;
    }

    private static List<String> replicas(Connection connection) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(HOLDERS)) {
            while (rows.next()) {
                lines.add("replica %s knows %s, seals under %s"
                        .formatted(
                                rows.getString(1),
                                Arrays.toString((Object[]) rows.getArray(2).getArray()),
                                rows.getString(3)));
            }
        }
        return lines;
    }
}
