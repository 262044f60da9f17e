package dev.plimsoll.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalServersTest {
    @TempDir
    Path folder;

    @Test
    void withBothConfiguredNothingIsStarted() throws Exception {
        var settings = settings(Map.of(
                "plimsoll.ops.database-url", "postgresql://db.example:5432/plimsoll",
                "plimsoll.ops.redis-url", "redis://cache.example:6379"));

        var servers = settings.startEmbedded();

        assertThat(servers.postgresPort()).isZero();
        assertThat(servers.redisPort()).isZero();
        try (var made = Files.list(folder)) {
            assertThat(made).isEmpty();
        }
    }

    @Test
    void oneUrlReachesAllThreePools() {
        var settings = settings(Map.of(
                "plimsoll.ops.database-url", "postgresql://db.example/plimsoll?sslmode=require",
                "plimsoll.ops.database-password", "shared",
                "plimsoll.ops.database.api.user", "web",
                "plimsoll.ops.database.api.password", "own"));

        var quarkus = settings.database().orElseThrow().settings();

        assertThat(quarkus)
                .containsEntry("quarkus.datasource.reactive.url", "postgresql://db.example/plimsoll?sslmode=require")
                .containsEntry("quarkus.datasource.username", "web")
                .containsEntry("quarkus.datasource.password", "own")
                .containsEntry("quarkus.datasource.engine.username", "plimsoll_engine")
                .containsEntry("quarkus.datasource.engine.password", "shared")
                .containsEntry(
                        "quarkus.datasource.owner.jdbc.url", "jdbc:postgresql://db.example/plimsoll?sslmode=require")
                .containsEntry("quarkus.flyway.owner.placeholders.api-role", "web");
    }

    @Test
    void aPasswordInTheUrlIsRefusedWithTheSettingItBelongsTo() {
        var settings = settings(Map.of("plimsoll.ops.database-url", "postgresql://me:secret@db.example/plimsoll"));

        assertThatThrownBy(settings::database)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("plimsoll.ops.database-password")
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutTheRoleOfTheApiNoPortIsOpenedForIt() {
        assertThat(settings(Map.of("plimsoll.pipeline.roles", "watch, courier")).doors())
                .containsEntry("quarkus.http.host-enabled", "false");
        assertThat(settings(Map.of("plimsoll.pipeline.roles", "courier, API")).doors())
                .isEmpty();
        assertThat(settings(Map.of()).doors()).isEmpty();
    }

    @Test
    void healthAndMetricsAreAtThePortBesideTheApi() {
        assertThat(settings(Map.of("quarkus.http.port", "9090")).doors())
                .containsEntry("quarkus.management.port", "9091");
        assertThat(settings(Map.of("quarkus.http.port", "65535")).doors())
                .containsEntry("quarkus.management.port", "65534");
    }

    private ServerSettings settings(Map<String, String> values) {
        var all = new HashMap<>(values);
        all.put("plimsoll.ops.data-dir", folder.toString());
        return new ServerSettings(name -> Optional.ofNullable(all.get(name)));
    }
}
