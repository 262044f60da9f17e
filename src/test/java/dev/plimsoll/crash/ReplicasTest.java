package dev.plimsoll.crash;

import static dev.plimsoll.crash.Fault.CONNECTIONS_CUT;
import static dev.plimsoll.crash.Fault.CUT_FROM_DATABASE;
import static dev.plimsoll.crash.Fault.CUT_FROM_REDIS;
import static dev.plimsoll.crash.Fault.DATABASE_KILLED;
import static dev.plimsoll.crash.Fault.REDIS_FLUSHED;
import static dev.plimsoll.crash.Fault.REPLICA_PAUSED;
import static dev.plimsoll.crash.Fault.SCHEMA_UPGRADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Three packaged replicas on one PostgreSQL and one Redis, in network namespaces of their own where root allows. */
class ReplicasTest {
    private static final long SEED = 20261121;
    private static final int LOANS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static Fleet fleet;

    @BeforeAll
    static void begin() throws IOException, GeneralSecurityException, InterruptedException, SQLException {
        var network = PodNetwork.of(Fleet.REPLICAS).orElseGet(Network::loopback);
        fleet = new Fleet(folder, SEED, network, Optional.empty());
        fleet.begin(FaultRun.ACCOUNTS, LOANS);
    }

    @AfterAll
    static void end() throws InterruptedException {
        fleet.close();
    }

    @Test
    void whatTheWatchOfOneSeesIsToldByTheStreamsOfAll() throws Exception {
        var api = Api.signUp(fleet.apps().getFirst());
        var key = api.post("/account/keys", new JsonObject().put("name", "ears").put("scope", "full"));
        var told = new CopyOnWriteArrayList<String>();
        for (var app : fleet.apps()) {
            var events = api.at(app, key.getString("apiKey")).listen();
            Thread.ofVirtual()
                    .start(() -> events.filter(line -> line.startsWith("event: "))
                            .forEach(line -> told.add(app.uri("/").getPort() + " " + line)));
        }

        api.loan("under water", "1", "5000");
        api.rule();

        for (var app : fleet.apps()) {
            var replica = app.uri("/").getPort();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> told.containsAll(List.of(replica + " event: market", replica + " event: alert")));
        }
        api.delete("/account");
    }

    @Test
    void aKeyRevokedAtOneReplicaIsRefusedByTheNextRequestAtEveryOther() throws Exception {
        var api = Api.signUp(fleet.apps().getFirst());
        var key =
                api.post("/account/keys", new JsonObject().put("name", "spare").put("scope", "full"));
        var elsewhere = fleet.apps().stream()
                .map(app -> api.at(app, key.getString("apiKey")))
                .toList();
        for (var replica : elsewhere) {
            replica.isAnswered("/account", 200);
        }

        api.delete("/account/keys/" + key.getString("id"));

        for (var replica : elsewhere) {
            replica.isAnswered("/account", 401);
        }
        api.delete("/account");
    }

    @Test
    void whileTheDatabaseIsFrozenRequestsAreToldToComeBackAndAfterwardsEverythingGoesOn() throws Exception {
        var app = fleet.apps().getFirst();
        var api = Api.signUp(app);
        var frozen = fleet.postgres().processes();
        frozen.forEach(process -> Signals.send("STOP", process));

        var refused = api.tries("/rules");
        var alive = app.status("/q/health/live");
        var ready = app.status("/q/health/ready");
        frozen.forEach(process -> Signals.send("CONT", process));

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(alive).isEqualTo(200);
        assertThat(ready).isEqualTo(503);
        await().atMost(Duration.ofSeconds(60)).until(() -> app.status("/q/health/ready") == 200);
        api.delete("/account");
    }

    @Test
    void nothingIsLostOrSaidTwiceWhenReplicasAndWhatTheyStandOnFail() throws Exception {
        var run = new FaultRun(fleet, SEED, LOANS, System.out);
        var faults = Stream.of(
                        REPLICA_PAUSED,
                        DATABASE_KILLED,
                        CUT_FROM_DATABASE,
                        SCHEMA_UPGRADED,
                        CUT_FROM_REDIS,
                        CONNECTIONS_CUT,
                        REDIS_FLUSHED)
                .filter(run.possible()::contains)
                .toList();

        var reckoning = run.run(faults);

        try (var sql = fleet.postgres().superuser()) {
            var repeated = fleet.phones().repeated(sql);
            System.out.printf("fault run: %s takeovers=%s saidTwiceInChats=%s%n", reckoning, run.takeovers(), repeated);
            assertThat(fleet.phones().outOfOrder(sql)).isEmpty();
        }
        assertThat(fleet.mailbox().taken()).hasSizeGreaterThanOrEqualTo(FaultRun.ACCOUNTS * LOANS);
        assertThat(fleet.mailbox().renamed()).isEmpty();
        assertThat(reckoning.notices()).isGreaterThanOrEqualTo(faults.size() * FaultRun.ACCOUNTS * LOANS);
        assertThat(reckoning.lost()).isEmpty();
        assertThat(reckoning.unexcused()).isEmpty();
    }
}
