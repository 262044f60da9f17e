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
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/** Which version the schema has, and whether the database's clock agrees with ours: leases and due times are by its clock. */
public record SchemaCheck(Database database, Clock clock) {
    /** The newest migration in {@code db/migration}: what this build reads and writes. */
    static final MigrationVersion NEEDED = MigrationVersion.fromVersion("1");

    private static final Duration TOLERATED = Duration.ofSeconds(2);
    private static final String SUBJECT = "schema";
    private static final String THERE =
            "select coalesce(has_table_privilege(to_regclass('public.flyway_schema_history'), 'select'), false)";
    private static final String LATEST = """
            select version, success
            from public.flyway_schema_history
            where version is not null
            order by installed_rank desc
            limit 1""";

    List<Finding> findings() {
        try (var connection = connect()) {
            return List.of(schema(connection), clocks(connection));
        } catch (SQLException e) {
            return List.of(); // the database check has said so
        }
    }

    /** Why a start that may not migrate cannot begin, if it cannot. */
    public Optional<Fault> tooOld() {
        try (var connection = connect()) {
            return Optional.of(schema(connection))
                    .filter(Fault.class::isInstance)
                    .map(Fault.class::cast);
        } catch (SQLException e) {
            return Optional.of(new Fault(SUBJECT, "The version of the schema cannot be read: " + e.getMessage()));
        }
    }

    private Connection connect() throws SQLException {
        return DatabaseCheck.connect(database, database.hasOwner() ? database.owner() : database.engine());
    }

    private Finding schema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var there = statement.executeQuery(THERE)) {
                there.next();
                if (!there.getBoolean(1)) {
                    return database.hasOwner()
                            ? new Fine(SUBJECT, "none yet: the first ./plimsoll run makes it")
                            : fault("has no schema of Plimsoll yet");
                }
            }
            try (var row = statement.executeQuery(LATEST)) {
                return row.next() && row.getBoolean(2)
                        ? version(MigrationVersion.fromVersion(row.getString(1)))
                        : fault("was left in the middle of a migration that failed");
            }
        }
    }

    /** A later one is no reason to stay away: see src/docs/upgrading.md. */
    private Finding version(MigrationVersion there) {
        return there.isAtLeast(NEEDED.getVersion()) || database.hasOwner()
                ? new Fine(SUBJECT, "version " + there)
                : fault("has schema version %s, and this build needs %s".formatted(there, NEEDED));
    }

    private static Fault fault(String what) {
        return new Fault(
                SUBJECT,
                "The database %s: run ./plimsoll migrate (the same image with the argument migrate) as plimsoll_owner first."
                        .formatted(what));
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
