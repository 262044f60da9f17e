package dev.plimsoll.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** What {@link Invariant} finds in a database, for tests that look at one from outside. */
public final class Breaches {
    private Breaches() {}

    /** How many rows break each; those that hold are left out. */
    public static Map<String, Long> in(Connection connection) throws SQLException {
        var broken = new TreeMap<String, Long>();
        for (var one : Invariant.values()) {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(one.query())) {
                row.next();
                if (row.getLong("broken") > 0) {
                    broken.put(one.word() + " " + row.getString("example"), row.getLong("broken"));
                }
            }
        }
        return broken;
    }
}
