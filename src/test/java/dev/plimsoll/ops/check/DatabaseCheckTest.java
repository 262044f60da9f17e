package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.embedded.Foreign;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCheckTest {
    @TempDir
    static Path temporary;

    private static Foreign postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Foreign.with(temporary.resolve("foreign"), "log_min_messages = warning");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void aDurableDatabaseWithOurRolesHasNoFault() {
        assertThat(faults()).isEmpty();
    }

    @Test
    void aDatabaseThatDoesNotSyncIsRefused() throws SQLException {
        postgres.run("alter system set fsync = off");
        postgres.run("select pg_reload_conf()");

        try {
            await().until(() -> !faults().isEmpty());
            assertThat(faults()).allMatch(fault -> fault.contains("fsync=off") && fault.contains("set it to on"));
        } finally {
            postgres.run("alter system reset fsync");
            postgres.run("select pg_reload_conf()");
            await().until(() -> faults().isEmpty());
        }
    }

    @Test
    void aRoleThatCommitsBeforeTheDiskHasItIsRefused() throws SQLException {
        assertThat(after("alter role plimsoll_engine set synchronous_commit = off"))
                .singleElement()
                .asString()
                .contains("synchronous_commit=off for plimsoll_engine");
        postgres.run("alter role plimsoll_engine reset synchronous_commit");
    }

    @Test
    void aSuperuserIsRefused() throws SQLException {
        assertThat(after("alter role plimsoll_api superuser"))
                .singleElement()
                .asString()
                .contains("superuser");
        postgres.run("alter role plimsoll_api nosuperuser");
    }

    @Test
    void anOwnerThatIsASuperuserIsRefused() throws SQLException {
        postgres.run("alter role plimsoll_owner superuser");

        assertThat(faults())
                .anyMatch(fault -> fault.startsWith("The role plimsoll_owner is or may become a superuser"));

        postgres.run("alter role plimsoll_owner nosuperuser");
    }

    @Test
    void aRoleThatMayBypassThePoliciesIsRefused() throws SQLException {
        assertThat(after("alter role plimsoll_api bypassrls"))
                .singleElement()
                .asString()
                .contains("alter role plimsoll_api nobypassrls");
        postgres.run("alter role plimsoll_api nobypassrls");
    }

    @Test
    void aRoleThatMayBecomeAnotherIsRefused() throws SQLException {
        assertThat(after("grant plimsoll_engine to plimsoll_api"))
                .singleElement()
                .asString()
                .contains("revoke plimsoll_engine from plimsoll_api");
        postgres.run("revoke plimsoll_engine from plimsoll_api");
    }

    @Test
    void aRoleThatOwnsATableIsRefused() throws SQLException {
        postgres.run("create table public.its_own (id int)");
        assertThat(after("alter table public.its_own owner to plimsoll_api"))
                .singleElement()
                .asString()
                .contains("owns Plimsoll's tables");
        postgres.run("drop table public.its_own");
    }

    private static List<String> after(String sql) throws SQLException {
        postgres.run(sql);
        return faults();
    }

    private static List<String> faults() {
        return new DatabaseCheck(postgres.database())
                .findings().stream()
                        .filter(Fault.class::isInstance)
                        .map(fault -> ((Fault) fault).sentence())
                        .toList();
    }
}
