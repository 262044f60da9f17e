package dev.plimsoll.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Dispatch;
import dev.plimsoll.ops.demo.Soak.Outcome;
import dev.plimsoll.pipeline.HandClock;
import dev.plimsoll.pipeline.Watch;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The middle of a real crash while sources fail at random. {@code bench soak} runs the same for an hour. */
@QuarkusTest
@TestProfile(SoakProfile.class)
class SoakTest {
    private static final boolean IS_BENCH = System.getProperty("soak.ticks") != null;
    private static final int TICKS = Integer.getInteger("soak.ticks", 120);
    private static final long SEED = Long.getLong("soak.seed", 2_602);
    private static final int COPIES = Math.max(10, TICKS / 18);
    private static final Instant CRASH = Instant.parse("2025-02-03T01:55:00Z");

    @Inject
    Vertx vertx;

    @Inject
    HandClock clock;

    @Inject
    Watch watch;

    @Inject
    Dispatch dispatch;

    @Inject
    @ReactiveDataSource("engine")
    Pool engine;

    @Test
    void randomFaultsOfSourcesKeepNothingInMemoryAndTellNothingUntrue() {
        var from = CRASH.minus(Soak.INTERVAL.multipliedBy(TICKS / 2));
        var soak = new Soak(new Replay(vertx, clock, watch, engine), vertx, clock, dispatch, COPIES);

        var honest = soak.honest(from, TICKS);
        var outcome = soak.faulty(from, TICKS, SEED, honest);

        System.out.println(json(outcome, honest.size()));
        assertThat(outcome.untrue()).isEmpty();
        assertThat(outcome.webhooks()).isPositive();
        assertThat(outcome.heap().getLast()).isLessThan(outcome.heap().getFirst() + 16);
        if (IS_BENCH) { // a busy machine is late, whatever it runs
            assertThat(outcome.late()).isZero();
            assertThat(outcome.blocked()).isZero();
        }
    }

    private static String json(Outcome outcome, int honest) {
        return new JsonObject()
                .put("benchmark", "soak")
                .put("seed", SEED)
                .put("ticks", TICKS)
                .put("heapMb", new JsonArray(outcome.heap()))
                .put("lateTicks", outcome.late())
                .put("slowestTickMs", outcome.slowest().toMillis())
                .put("medianTickMs", outcome.median().toMillis())
                .put("blockedWarnings", outcome.blocked())
                .put("alertsFired", outcome.told().size())
                .put("alertsFiredWithoutFaults", honest)
                .put("falseAlerts", outcome.untrue().size())
                .put("webhooks", outcome.webhooks())
                .put("faults", new JsonObject(outcome.faults()))
                .encode();
    }
}
