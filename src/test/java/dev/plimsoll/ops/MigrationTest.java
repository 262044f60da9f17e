package dev.plimsoll.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.ops.check.Finding;
import dev.plimsoll.ops.check.SchemaCheck;
import dev.plimsoll.ops.embedded.Foreign;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plimsoll migrate} on a database that an operator runs. */
class MigrationTest {
    @TempDir
    static Path folder;

    private static Foreign postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = Foreign.with(folder.resolve("foreign"), "fsync = on");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        postgres.empty();
    }

    @Test
    void itSaysWhatItDidAndTheSecondTimeThatNothingWasToBeDone() {
        assertThat(migration(Map.of()).run()).hasSize(2).first().asString().startsWith("Version 1, schema: ");
        assertThat(migration(Map.of()).run())
                .containsExactly(
                        "The schema of %s is at version 1 already: nothing was to be done.".formatted(postgres.url()));
    }

    @Test
    void ofTwoAtOnceOneMigratesAndTheOtherWaitsForIt() throws Exception {
        Callable<List<String>> one = () -> migration(Map.of()).run();
        try (var both = Executors.newFixedThreadPool(2)) {
            var said = new HashMap<Integer, List<String>>();
            for (var done : both.invokeAll(List.of(one, one))) {
                said.put(done.get().size(), done.get());
            }

            assertThat(said).containsOnlyKeys(1, 2);
            assertThat(said.get(1).getFirst()).contains("nothing was to be done");
            assertThat(said.get(2).getLast()).endsWith("was at version none and is at version 1.");
        }
    }

    @Test
    void whoMayNotMigrateIsToldWhatToRunUntilSomebodyHas() {
        assertThat(refusal())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("has no schema of Plimsoll yet", "run ./plimsoll migrate", "as plimsoll_owner"));

        migration(Map.of()).run();

        assertThat(refusal()).isEmpty();
    }

    @Test
    void aSchemaOlderThanThisBuildNeedsIsRefused() throws SQLException {
        migration(Map.of()).run();
        postgres.run("update flyway_schema_history set version = '0.9'");

        assertThat(refusal())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .startsWith(
                                "The database has schema version 0.9, and this build needs 1: run ./plimsoll migrate"));
    }

    @Test
    void aSchemaOfALaterBuildIsNoReasonToStayAway() throws SQLException {
        migration(Map.of()).run();
        postgres.run("""
                insert into flyway_schema_history
                select 2, '2', 'later', type, 'V2__later.sql', 7, installed_by, now(), 1, true
                from flyway_schema_history""");

        assertThat(refusal()).isEmpty();
        assertThat(migration(Map.of()).run()).hasSize(1);
    }

    @Test
    void aDatabaseThatAnotherBuildMadeIsRefusedWithWhatToDo() throws SQLException {
        migration(Map.of()).run();
        postgres.run("update flyway_schema_history set checksum = 7");
        var settings = settings(Map.of());

        assertThatThrownBy(() -> new Migration(settings).run())
                .satisfies(
                        failure -> assertThat(Refusals.in(failure, settings))
                                .hasValue(
                                        "This database was made by another build of Plimsoll, whose schema cannot be brought to this one's."
                                                + " Name an empty database in plimsoll.ops.database-url, or go on with the build that made this one."));
    }

    @Test
    void aDatabaseThatCouldLoseAlertsIsNotTouched() throws SQLException {
        postgres.run("alter role plimsoll_owner set synchronous_commit = off");
        try {
            assertThatThrownBy(migration(Map.of())::run)
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("synchronous_commit=off for plimsoll_owner");
        } finally {
            postgres.run("alter role plimsoll_owner reset synchronous_commit");
        }
    }

    @Test
    void withoutADatabaseOfOnesOwnThereIsNothingToMigrate() {
        assertThatThrownBy(() -> migration(Map.of("plimsoll.ops.database-url", "")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("No database is named in plimsoll.ops.database-url");
    }

    /** What a start without the owner's password says. */
    private static Optional<String> refusal() {
        var database = settings(Map.of("plimsoll.ops.database.owner.password", ""))
                .database()
                .orElseThrow();
        return new SchemaCheck(database, Clock.systemUTC()).tooOld().map(Finding.Fault::sentence);
    }

    private static Migration migration(Map<String, String> other) {
        return new Migration(settings(other));
    }

    private static ServerSettings settings(Map<String, String> other) {
        var all = new HashMap<>(postgres.settings());
        all.putAll(other);
        return new ServerSettings(name -> Optional.ofNullable(all.get(name)));
    }
}
