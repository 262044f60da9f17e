package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.embedded.Foreign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolerCheckTest {
    @TempDir
    static Path temporary;

    private static Foreign postgres;

    @BeforeAll
    static void start() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        postgres = Foreign.with(temporary.resolve("foreign"), "log_min_messages = warning");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void whatLeadsToPostgresItselfIsFine() {
        assertThat(new PoolerCheck(postgres.database()).finding())
                .isEqualTo(new Fine("pooler", "none: connections lead to PostgreSQL itself"));
    }

    @Test
    void aPoolOfWholeSessionsIsFine() throws IOException {
        try (var pooler = pooler("session")) {
            assertThat(new PoolerCheck(pooler.database()).finding())
                    .isEqualTo(new Fine("pooler", "one that keeps a session for each connection"));
        }
    }

    @Test
    void aPoolOfTransactionsIsRefusedWithWhatToDo() throws IOException {
        try (var pooler = pooler("transaction")) {
            var check = new PoolerCheck(pooler.database());

            assertThat(check.fault())
                    .map(Fault::sentence)
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .contains("pool_mode=transaction", "Lead plimsoll.ops.database-url to PostgreSQL itself"));
            assertThat(new DatabaseCheck(pooler.database()).findings()).allMatch(Fine.class::isInstance);
        }
    }

    private static PgBouncer pooler(String mode) throws IOException {
        var program = PgBouncer.program();
        assumeTrue(program.isPresent(), "poolers are not tried: there is no pgbouncer here (Debian: pgbouncer)");
        return new PgBouncer(program.get(), temporary.resolve(mode), postgres.database(), mode);
    }
}
