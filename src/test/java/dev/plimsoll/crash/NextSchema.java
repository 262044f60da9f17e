package dev.plimsoll.crash;

import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The schema of versions to come: each adds to tables that this version reads and writes, as src/docs/upgrading.md has it. */
final class NextSchema {
    private static final List<String> TABLES = List.of(
            "account",
            "position",
            "rule",
            "channel",
            "alert",
            "transition",
            "notice",
            "delivery",
            "queue",
            "attempt",
            "lease",
            "snapshot",
            "change");

    private final Path folder;
    private final Database database;
    private int version = 1;

    NextSchema(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    /** As a replica of the next version does when it starts, and again where the old ones' locks were in its way. */
    void upgrade() throws IOException {
        version++;
        var sql = new StringBuilder("create table later_%d (id uuid primary key);\n".formatted(version));
        for (var table : TABLES) {
            sql.append("alter table %s add column later_%d text;%n".formatted(table, version));
        }
        sql.append("create index notice_later_%d on notice (later_%d);%n".formatted(version, version));
        Files.writeString(folder.resolve("V%d__later.sql".formatted(version)), sql);
        await("the migration")
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(120))
                .until(this::migrated);
    }

    private boolean migrated() {
        return Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.owner().user(),
                        database.owner().password())
                .locations("classpath:db/migration", "filesystem:" + folder)
                .placeholders(Map.of(
                        "api-role", database.api().user(),
                        "engine-role", database.engine().user()))
                .load()
                .migrate()
                .success;
    }
}
