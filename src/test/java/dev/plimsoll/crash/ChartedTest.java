package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.plimsoll.chart.Rendered;
import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.ops.embedded.ForeignRedis;
import dev.plimsoll.wire.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with the arguments and variables that the chart gives its pods, and no others. */
class ChartedTest {
    private static final String ADMIN_KEY = "administrators-key-of-the-test";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final int port = FreePort.next();
    private final int management = FreePort.next();
    private final int sink = FreePort.next();

    @Test
    void itsPodsMigrateBecomeReadySendATestAlertAndStopInTime() throws Exception {
        try (var postgres = Foreign.with(folder.resolve("foreign"), "log_min_messages = warning");
                var redis = ForeignRedis.on(folder.resolve("redis"))) {
            masterKey();
            assertThat(pod("Job", "plimsoll-migrate", postgres, redis).waitFor())
                    .isZero();

            var server = pod("Deployment", "plimsoll", postgres, redis);
            await("ready, see " + log("Deployment"))
                    .atMost(Duration.ofSeconds(180))
                    .until(() -> !server.isAlive() || isReady());

            assertThat(pod("Pod", "plimsoll-test", postgres, redis).waitFor())
                    .as(Files.readString(log("Pod")))
                    .isZero();
            assertThat(postgres.number("select count(*) from account")).isZero();

            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Process pod(String kind, String name, Foreign postgres, ForeignRedis redis) throws IOException {
        var rendered = Rendered.of(values(postgres, redis), kind, name, secrets(postgres))
                .with(Map.of(
                        "/etc/plimsoll/master-key", folder.toString(),
                        "/tmp/plimsoll", folder.resolve("data").toString(),
                        "0.0.0.0", "127.0.0.1",
                        "8080", Integer.toString(port),
                        "9000", Integer.toString(management),
                        "http://plimsoll.plimsoll.svc:80", "http://127.0.0.1:" + port,
                        "http://plimsoll-test-sink.plimsoll.svc:8081", "http://127.0.0.1:" + sink));
        var line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        line.addAll(rendered.arguments());
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log(kind).toFile());
        builder.environment().clear();
        builder.environment().putAll(rendered.environment());
        return builder.start();
    }

    private Path log(String kind) {
        return folder.resolve(kind + ".log");
    }

    /** No shutdown is waited for longer than what is asked here takes. */
    private static String values(Foreign postgres, ForeignRedis redis) {
        return """
                replicas: 1
                database: {url: "%s"}
                redis: {url: "%s", password: true}
                shutdown: {preStopSeconds: 1, delaySeconds: 0, timeoutSeconds: 5}
                """.formatted(postgres.url(), redis.url().replaceFirst(":[^:@]*@", ""));
    }

    private static Map<String, String> secrets(Foreign postgres) {
        var settings = postgres.settings();
        return Map.of(
                "owner-password", settings.get("plimsoll.ops.database.owner.password"),
                "api-password", settings.get("plimsoll.ops.database.api.password"),
                "engine-password", settings.get("plimsoll.ops.database.engine.password"),
                "redis-password", "theirs",
                "admin-key", ADMIN_KEY);
    }

    private boolean isReady() throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void masterKey() throws IOException, GeneralSecurityException {
        AeadConfig.register();
        var key = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        Files.writeString(
                folder.resolve("master-key.json"),
                TinkJsonProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get()));
    }
}
