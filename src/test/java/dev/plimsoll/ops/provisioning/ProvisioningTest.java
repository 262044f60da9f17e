package dev.plimsoll.ops.provisioning;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.api.ProvisionedAccounts;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts are as their files say, at the start and whenever the files say something else. */
@QuarkusTest
class ProvisioningTest {
    @Inject
    ProvisionedAccounts accounts;

    @Inject
    Vertx vertx;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @TempDir
    Path folder;

    private Provisioning provisioning;

    @BeforeEach
    void newlyStarted() {
        provisioning = new Provisioning(new Folder(Optional.of(folder)), accounts, vertx);
    }

    @AfterEach
    void nobodyIsLeft() {
        engine.query("delete from account where name ~ '^(Desk|Well|Ill|Stays)'")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    private record Folder(Optional<Path> path) implements ProvisioningConfig {
        @Override
        public Duration every() {
            return Duration.ofSeconds(1);
        }
    }

    @Test
    void anAccountIsMadeAtTheStartAndChangedWithItsFile() throws Throwable {
        write("- {key: desk, name: Desk of one}");
        look();
        assertThat(names("Desk of%")).containsExactly("Desk of one");

        write("- {key: desk, name: Desk of two}");
        look();
        assertThat(names("Desk of%")).containsExactly("Desk of two");
        assertThat(provisioning.trouble()).isEmpty();
    }

    @Test
    void aFaultInOneKeepsNoOtherAndIsToldUntilItIsMended() throws Throwable {
        write("- {key: ill, name: Ill, positions: [{name: loan}]}\n  - {key: well, name: Well of one}");
        look();
        assertThat(names("Well of%")).containsExactly("Well of one");
        assertThat(provisioning.trouble().orElseThrow()).contains("accounts.yaml /accounts/0", "/positions/0/kind");

        write("- {key: ill, name: Ill}\n  - {key: well, name: Well of one}");
        look();
        assertThat(provisioning.trouble()).isEmpty();
    }

    @Test
    void aFileThatIsNoBundleIsToldAndLeavesWhatIsThere() throws Throwable {
        write("- {key: stays, name: Stays as it is}");
        look();

        write("- {key: stays");
        look();

        assertThat(names("Stays%")).containsExactly("Stays as it is");
        assertThat(provisioning.trouble().orElseThrow()).contains("accounts.yaml", "not YAML");
    }

    private void write(String all) throws IOException {
        Files.writeString(folder.resolve("accounts.yaml"), "accounts:\n  " + all + "\n");
    }

    private void look() throws Throwable {
        subscribeAndAwait(provisioning::look);
    }

    private List<String> names(String like) {
        return engine.query("select name from account where name like '" + like + "'")
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString("name")).toList())
                .await()
                .atMost(Duration.ofSeconds(60));
    }
}
