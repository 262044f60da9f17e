package dev.plimsoll.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdentifiersCheckTest {
    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @ConfigProperty(name = "quarkus.datasource.engine.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.engine.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.engine.password")
    String password;

    @BeforeEach
    void nothingIsPublished() {
        engine.query("delete from snapshot").execute().await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void aSourceThatDoesNotKnowAnAssetIsNamedWithItAndWhatToDo() {
        publish("\"TAO\", \"LPT\"");

        assertThat(findings())
                .containsExactly(new Weak(
                        "identifiers",
                        "okx does not know what the asset file calls TAO, LPT there, so the others alone price it: correct"
                                + " it in a file of your own (plimsoll.oracle.assets-file)."));
    }

    @Test
    void whereEverySourceKnowsEverythingAllIsWell() {
        publish("");

        assertThat(findings()).containsExactly(new Fine("identifiers", "every source knows what it is asked for"));
    }

    @Test
    void beforeTheFirstTickNobodyHasAsked() {
        assertThat(findings()).containsExactly(new Fine("identifiers", "not asked for yet: the first tick does it"));
    }

    private List<Finding> findings() {
        var login = new Database.Login(user, password);
        return new IdentifiersCheck(new Database(url, login, login, login)).findings();
    }

    private void publish(String unknown) {
        var data = new JsonObject("""
                {"items": [{"source": "okx", "family": "okx", "host": "www.okx.com", "state": "ok", "errorRate": "0",
                  "silentAssets": 0, "pace": "PT2S", "breaker": "closed", "unknown": [%s], "silences": {}}]}""".formatted(unknown));
        engine.preparedQuery("insert into snapshot (name, epoch, at, data) values ('sources', 1, now(), $1)")
                .execute(Tuple.of(data))
                .await()
                .atMost(Duration.ofSeconds(60));
    }
}
