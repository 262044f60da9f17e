package dev.plimsoll.ops;

import dev.plimsoll.ops.check.DatabaseCheck;
import dev.plimsoll.ops.check.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * {@code plimsoll migrate}: brings the schema of a database that somebody else runs to this build's, as its owner.
 *
 * <p>Flyway holds an advisory lock of PostgreSQL meanwhile, so of several at once one works and the others find nothing to do.
 */
final class Migration {
    /** Once a second: how long one waits for another's long migration. */
    private static final int LOCK_TRIES = 600;

    /** Kept by name, so that its level is not forgotten with it. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private final Database database;

    Migration(ServerSettings settings) {
        database = settings.database()
                .orElseThrow(() -> new Refused(
                        "No database is named in plimsoll.ops.database-url, and the embedded one is brought up to date by"
                                + " ./plimsoll run itself."));
    }

    /** What was done, a line each. @throws Refused when the owner cannot work there */
    List<String> run() {
        FLYWAY.setLevel(Level.WARNING);
        new DatabaseCheck(database)
                .ofOwner().stream()
                        .filter(Finding.Fault.class::isInstance)
                        .map(Finding.Fault.class::cast)
                        .findFirst()
                        .ifPresent(fault -> {
                            throw new Refused(fault.sentence());
                        });
        return told(flyway().migrate());
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password())
                .locations("classpath:db/migration")
                .placeholders(Map.of(
                        "api-role", database.api().user(),
                        "engine-role", database.engine().user()))
                .ignoreMigrationPatterns("*:future")
                .lockRetryCount(LOCK_TRIES)
                .load();
    }

    private List<String> told(MigrateResult result) {
        var before = Optional.ofNullable(result.initialSchemaVersion);
        var now =
                Optional.ofNullable(result.targetSchemaVersion).or(() -> before).orElse("none");
        var end = result.migrationsExecuted == 0
                ? "The schema of %s is at version %s already: nothing was to be done.".formatted(database.url(), now)
                : "The schema of %s was at version %s and is at version %s."
                        .formatted(database.url(), before.orElse("none"), now);
        return Stream.concat(result.migrations.stream().map(Migration::step), Stream.of(end))
                .toList();
    }

    private static String step(MigrateOutput step) {
        return "Version %s, %s: %d ms.".formatted(step.version, step.description, step.executionTime);
    }
}
