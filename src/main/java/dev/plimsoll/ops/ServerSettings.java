package dev.plimsoll.ops;

import dev.plimsoll.ops.check.ReplicasCheck;
import dev.plimsoll.ops.embedded.DataFolder;
import dev.plimsoll.ops.embedded.EmbeddedServers;
import dev.plimsoll.ops.embedded.Passwords;
import dev.plimsoll.ops.embedded.Roles;
import dev.plimsoll.pipeline.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** The settings under {@code plimsoll.ops} that say where the servers are; see {@link OpsConfig} for their meaning. */
record ServerSettings(Function<String, Optional<String>> setting) {
    static final String DATABASE_URL = "plimsoll.ops.database-url";
    static final String REDIS_URL = "plimsoll.ops.redis-url";
    static final String REDIS_CA = "plimsoll.ops.redis-ca";
    static final String DATA_DIR = "plimsoll.ops.data-dir";
    private static final String EMBEDDED_REDIS = "redis://127.0.0.1:";
    private static final int HIGHEST_PORT = 65_535;

    ServerSettings(Config config) {
        this(name -> config.getOptionalValue(name, String.class));
    }

    /** Starts what nobody else provides; does nothing the second time. */
    EmbeddedServers startEmbedded() {
        return EmbeddedServers.of(wish(folder(false)));
    }

    /** Also when Quarkus was told directly: its own settings win over ours. */
    boolean ownDatabase() {
        return said(DATABASE_URL).isPresent()
                || said("quarkus.datasource.reactive.url").isPresent();
    }

    boolean ownRedis() {
        return said(REDIS_URL).isPresent() || said("quarkus.redis.hosts").isPresent();
    }

    /** What others on the same database find set as they do; the embedded Redis, of which Quarkus is told too, is nobody else's. */
    ReplicasCheck replicas() {
        var redis =
                said(REDIS_URL).or(() -> said("quarkus.redis.hosts").filter(url -> !url.startsWith(EMBEDDED_REDIS)));
        return new ReplicasCheck(said("plimsoll.api.public-url").isPresent(), redis.isPresent());
    }

    /** Where HTTP comes in: not at all without {@link Role#API}; health and metrics at the port after that of the API. */
    Map<String, String> doors() {
        var doors = new HashMap<String, String>();
        said("plimsoll.pipeline.roles")
                .filter(roles -> Stream.of(roles.split(",")).map(String::strip).noneMatch("api"::equalsIgnoreCase))
                .ifPresent(roles -> doors.put("quarkus.http.host-enabled", "false"));
        said("quarkus.http.port")
                .filter(port -> port.matches("[1-9]\\d{0,4}"))
                .map(Integer::valueOf)
                .ifPresent(port -> doors.put("quarkus.management.port", String.valueOf(beside(port))));
        return doors;
    }

    private static int beside(int port) {
        return port < HIGHEST_PORT ? port + 1 : port - 1;
    }

    /** In tests a fresh one for each process, below the build's folder. */
    DataFolder folder(boolean test) {
        return said(DATA_DIR)
                .map(Path::of)
                .or(() -> test ? Optional.of(TestFolder.path()) : Optional.empty())
                .map(DataFolder::open)
                .orElseGet(() -> DataFolder.open(DataFolder.usual(System.getenv())));
    }

    Path binaries(DataFolder folder) {
        return said("plimsoll.ops.binaries-dir")
                .map(Path::of)
                .map(Path::toAbsolutePath)
                .orElseGet(() -> folder.resolve("bin"));
    }

    /** What is to be started, if anything. */
    EmbeddedServers.Wish wish(DataFolder folder) {
        return new EmbeddedServers.Wish(folder, binaries(folder), !ownDatabase(), !ownRedis());
    }

    /** The database that was configured, if one was. */
    Optional<Database> database() {
        return said(DATABASE_URL)
                .map(url -> new Database(
                        url,
                        said("plimsoll.ops.database-ca").map(Path::of),
                        login("owner", Roles.OWNER),
                        login("api", Roles.API),
                        login("engine", Roles.ENGINE)));
    }

    /** What Quarkus needs to know of the Redis that was configured, if one was. */
    Map<String, String> redis() {
        var settings = new HashMap<String, String>();
        said(REDIS_URL).ifPresent(url -> settings.put("quarkus.redis.hosts", url));
        if (said(REDIS_URL).filter(url -> url.startsWith("rediss:")).isPresent()) {
            settings.putAll(redisTls());
        }
        return settings;
    }

    private Map<String, String> redisTls() {
        return said(REDIS_CA)
                .map(file -> Map.of(
                        "quarkus.tls.redis.trust-store.pem.certs", file,
                        "quarkus.tls.redis.hostname-verification-algorithm", "HTTPS",
                        "quarkus.redis.tls-configuration-name", "redis"))
                .orElseGet(() -> Map.of("quarkus.redis.tls.hostname-verification-algorithm", "HTTPS"));
    }

    static Database embedded(EmbeddedServers servers, Passwords passwords) {
        return new Database(
                "postgresql://127.0.0.1:%d/%s".formatted(servers.postgresPort(), Roles.DATABASE),
                new Database.Login(Roles.OWNER, passwords.owner()),
                new Database.Login(Roles.API, passwords.api()),
                new Database.Login(Roles.ENGINE, passwords.engine()));
    }

    static Map<String, String> redis(EmbeddedServers servers, Passwords passwords) {
        return Map.of(
                "quarkus.redis.hosts",
                EMBEDDED_REDIS + servers.redisPort(),
                "quarkus.redis.password",
                passwords.redis());
    }

    private Database.Login login(String role, String usualUser) {
        var group = "plimsoll.ops.database." + role;
        return new Database.Login(
                said(group + ".user").orElse(usualUser),
                said(group + ".password")
                        .or(() -> said("plimsoll.ops.database-password"))
                        .orElse(""));
    }

    Optional<String> said(String name) {
        return setting.apply(name).filter(value -> !value.isBlank());
    }
}
