package dev.plimsoll.ops.check;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/** Which version the schema has, and whether the database's clock agrees with ours: leases and due times are by its clock. */
record SchemaCheck(Database database, Clock clock) {
    private static final Duration TOLERATED = Duration.ofSeconds(2);

    List<Finding> findings() {
        try (var connection = DatabaseCheck.connect(database, database.owner())) {
            return List.of(schema(connection), clocks(connection));
        } catch (SQLException e) {
            return List.of(); // the database check has said so
        }
    }

    private static Finding schema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var there = statement.executeQuery("select to_regclass('public.flyway_schema_history') is not null")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return new Fine("schema", "none yet: the first ./plimsoll run makes it");
                }
            }
            var latest =
                    "select version, success from public.flyway_schema_history order by installed_rank desc limit 1";
            try (var row = statement.executeQuery(latest)) {
                return row.next() && row.getBoolean(2)
                        ? new Fine("schema", "version " + row.getString(1))
                        : new Fault("schema", "The last migration failed: start Plimsoll again and read what it says.");
            }
        }
    }

    private Finding clocks(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            var theirs = row.getObject(1, OffsetDateTime.class).toInstant();
            var apart = Duration.between(theirs, clock.instant());
            return apart.abs().compareTo(TOLERATED) <= 0
                    ? new Fine(
                            "clock",
                            "within %d ms of the database's"
                                    .formatted(apart.abs().toMillis()))
                    : new Fault(
                            "clock",
                            "This machine's clock and the database's are %d s apart: let both be set by NTP."
                                    .formatted(apart.abs().toSeconds()));
        }
    }
}
