package dev.plimsoll.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StandstillTest {
    @Inject
    Pool api;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    /** Else a courier that is stopped while it records keeps the watch of another replica waiting for as long. */
    @Test
    void aProcessThatStandsStillInsideATransactionIsCutOffByTheDatabase() {
        assertThat(idleLimit(api)).isEqualTo("30s");
        assertThat(idleLimit(engine)).isEqualTo("30s");
    }

    private static String idleLimit(Pool pool) {
        return pool.query("show idle_in_transaction_session_timeout")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getString(0);
    }
}
