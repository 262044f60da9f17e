package dev.plimsoll.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmbeddedDatabaseTest {
    @Inject
    Pool api;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @ConfigProperty(name = "plimsoll.ops.data-dir")
    String folder;

    @Test
    void eachPoolIsAnotherRole() {
        assertThat(one(api, "select current_user::text")).isEqualTo("plimsoll_api");
        assertThat(one(engine, "select current_user::text")).isEqualTo("plimsoll_engine");
    }

    @Test
    void everyCommitReachesTheDisk() {
        for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            assertThat(one(engine, "select current_setting('" + setting + "')")).isEqualTo("on");
        }
    }

    @Test
    void noRoleBehindThePoliciesCanMakeATable() {
        for (var pool : new Pool[] {api, engine}) {
            assertThatThrownBy(() -> one(pool, "create table mine (id int)")).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> one(pool, "create schema mine")).hasMessageContaining("permission denied");
        }
    }

    @Test
    void aTestRunKeepsItsDataBelowTheBuildFolder() {
        assertThat(folder).contains("/target/test-data/");
    }

    private static String one(Pool pool, String sql) {
        return pool.query(sql)
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }
}
