package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.crash.TraceSink.Span;
import dev.plimsoll.house.Exposition;
import dev.plimsoll.house.PromQl;
import dev.plimsoll.pipeline.Breaches;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged service shows of itself, once prices fell and people were told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeeingTest {
    private static final String NAME = "CANARY vault";
    private static final String WALLET = "0x1234567890abcdef1234567890abcdef12345678";
    private static final Path CHART = Path.of("helm", "plimsoll");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}");
    private static final Pattern DOCUMENTED = Pattern.compile("`(plimsoll_[a-z_]+)`");
    private static final Pattern PARTS = Pattern.compile("_(bucket|count|sum|max)$");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TraceSink traces;
    private Scene scene;
    private Exposition exported;

    @BeforeAll
    void pricesFall() throws IOException, InterruptedException {
        traces = new TraceSink();
        scene = new Scene(
                folder,
                1,
                Map.of(
                        "plimsoll.wire.traces.url", traces.url(),
                        "quarkus.log.console.json.enabled", "true",
                        "quarkus.log.category.\"dev.plimsoll\".level", "DEBUG"));
        scene.begin(api -> {
            api.channel(scene.receiver().url() + "?token=CANARY");
            api.loan(NAME + " " + WALLET, "1", "1300");
        });
        scene.fall();
        await().ignoreExceptions().until(() -> scene.receiver().accepted().size() > Scene.LOANS);
        await().until(() -> {
            exported = Exposition.of(get("/q/metrics"));
            return exported.names().contains("plimsoll_oracle_source_age_seconds");
        });
    }

    @AfterAll
    void end() throws InterruptedException {
        scene.close();
        traces.close();
    }

    @Test
    void theDashboardRefersToWhatIsExported() throws IOException {
        var expressions = new ArrayList<String>();
        collect(new JsonObject(Files.readString(CHART.resolve("dashboards/plimsoll.json"))), expressions);

        assertThat(expressions).hasSizeGreaterThan(30);
        assertThat(new PromQl(String.join("\n", expressions)).strangersTo(exported))
                .isEmpty();
    }

    @Test
    void soDoTheRules() throws IOException {
        for (var rules : files("rules")) {
            assertThat(new PromQl(TEMPLATE.matcher(rules).replaceAll("")).strangersTo(exported))
                    .isEmpty();
        }
        assertThat(new PromQl(operations())
                        .strangersTo(exported).stream().filter(stranger -> !stranger.startsWith("there is no metric")))
                .isEmpty();
    }

    @Test
    void everyMetricOfOursIsDocumentedAndEveryDocumentedOneIsThere() throws IOException {
        var documented = DOCUMENTED
                .matcher(operations())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        var ours = exported.names().stream()
                .filter(name -> name.startsWith("plimsoll_"))
                .map(name ->
                        documented.contains(name) ? name : PARTS.matcher(name).replaceFirst(""))
                .collect(Collectors.toSet());

        assertThat(ours).isEqualTo(documented);
    }

    @Test
    void oneTraceLeadsFromTheTickToTheAttempt() throws IOException {
        await().until(() -> named("attempt").isPresent());

        await().untilAsserted(() -> assertThat(path(named("attempt").orElseThrow()))
                .containsExactly("attempt", "claim", "commit", "judge", "tick"));
        assertThat(traces.text())
                .doesNotContain("CANARY", WALLET, NAME, scene.receiver().url());
    }

    @Test
    void theDatabaseHoldsNothingThatMustNotBe() throws IOException, SQLException {
        try (var sql = scene.app().sql()) {
            assertThat(Breaches.in(sql)).isEmpty();
        }
    }

    @Test
    void everyLineOfTheLogIsAnObjectWithoutNamesAddressesOrSecrets() throws IOException {
        var log = Files.readString(scene.app().log());

        assertThat(log.lines().filter(line -> !line.startsWith("WARNING: ")))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(new JsonObject(line).getString("message")).isNotNull());
        assertThat(log).contains("alert").doesNotContain("CANARY", WALLET, "plm_", "whsec_");
    }

    private List<String> path(Span last) throws IOException {
        var byId =
                traces.spans().stream().collect(Collectors.toMap(Span::id, Function.identity(), (one, other) -> one));
        var names = new ArrayList<String>();
        for (var span = Optional.of(last);
                span.isPresent();
                span = Optional.ofNullable(byId.get(span.get().parent()))) {
            names.add(span.get().name());
        }
        return names;
    }

    private Optional<Span> named(String name) throws IOException {
        return traces.spans().stream().filter(span -> span.name().equals(name)).findFirst();
    }

    private static void collect(JsonObject object, List<String> expressions) {
        object.forEach(member -> {
            if (Set.of("expr", "definition").contains(member.getKey())) {
                expressions.add(member.getValue().toString());
            } else if (member.getValue() instanceof JsonObject inner) {
                collect(inner, expressions);
            } else if (member.getValue() instanceof JsonArray all) {
                all.stream()
                        .filter(JsonObject.class::isInstance)
                        .forEach(inner -> collect((JsonObject) inner, expressions));
            }
        });
    }

    /** Of the chart, those that say this somewhere. */
    private static List<String> files(String kind) throws IOException {
        try (var all = Files.walk(CHART)) {
            var texts = new ArrayList<String>();
            for (var file : all.filter(Files::isRegularFile)
                    .filter(one -> one.toString().endsWith(".yaml"))
                    .toList()) {
                texts.add(Files.readString(file));
            }
            return texts.stream().filter(text -> text.contains("kind: " + kind)).toList();
        }
    }

    private static String operations() throws IOException {
        return Files.readString(Path.of("src/docs/operations.md"));
    }

    private String get(String path) throws IOException, InterruptedException {
        URI uri = scene.app().uri(path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
