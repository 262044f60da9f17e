package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plimsoll.house.DocCommands;
import dev.plimsoll.house.DocCommands.Command;
import dev.plimsoll.ops.check.KnownSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents tell a reader to type works: typed into a shell, one document after another, beside the packaged
 * service. What begins with the launcher, or needs a cluster, is held against what it names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsCommandsTest {
    private static final Pattern SETTING = Pattern.compile("--((?:plimsoll|quarkus)\\.[^=]+)=(.*)");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private Scene scene;

    @BeforeAll
    void begin() throws IOException, InterruptedException {
        scene = new Scene(folder, 1);
        scene.app().start();
        await().until(() -> scene.app().status("/api/v1/market/prices/ETH") == 200);
        Files.createDirectories(folder.resolve("home/.local/share/plimsoll"));
        Files.writeString(folder.resolve("home/.local/share/plimsoll/master-key.json"), "{}");
        for (var name : List.of("helm", "k8s", "src", "README.md")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of(name).toAbsolutePath());
        }
    }

    @AfterAll
    void end() throws InterruptedException {
        scene.close();
    }

    /** All but the one that {@link TutorialTest} walks through. */
    static List<Path> documents() throws IOException {
        return DocCommands.documents().stream()
                .filter(doc -> !doc.equals(TutorialTest.TUTORIAL))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatADocumentTellsToTypeWorks(Path doc) throws Exception {
        var typed = new ArrayList<Command>();
        for (var command : DocCommands.of(doc)) {
            if (NotRun.covers(command)) {
                continue;
            }
            if (command.program().equals("./plimsoll")) {
                theLauncherKnows(command);
            } else if (ClusterCommand.is(command)) {
                ClusterCommand.namesWhatIsThere(command);
            } else {
                typed.add(command);
            }
        }

        assertThat(type(typed)).isEqualTo("");
    }

    @Test
    void everyExceptionIsOfACommandThatIsThere() throws IOException {
        var commands = new ArrayList<Command>();
        for (var doc : DocCommands.documents()) {
            commands.addAll(DocCommands.of(doc));
        }

        assertThat(NotRun.all())
                .allSatisfy(one -> assertThat(commands).as(one.toString()).anyMatch(one::is))
                .allSatisfy(one -> assertThat(one.why()).isNotBlank());
    }

    private void theLauncherKnows(Command command) throws IOException {
        var words = command.words();
        var action = words.get(words.indexOf("./plimsoll") + 1);
        assertThat(Files.readString(Path.of("plimsoll"))).as(command.toString()).contains("  ./plimsoll " + action);
        assertThat(KnownSettings.unknown(new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(settings(words), "typed", 100))
                        .build()))
                .as(command.toString())
                .isEmpty();
    }

    private static Map<String, String> settings(List<String> words) {
        var settings = new TreeMap<String, String>();
        words.stream()
                .map(SETTING::matcher)
                .filter(Matcher::matches)
                .forEach(setting -> settings.put(setting.group(1), setting.group(2)));
        return settings;
    }

    /** In one shell, which ends with the first that fails: a request that is refused, too. Returns what is wrong. */
    private String type(List<Command> commands) throws IOException, InterruptedException {
        var script = folder.resolve("typed.sh");
        Files.writeString(script, """
            set -eu -o pipefail
            curl() { command curl --silent --show-error --fail-with-body "$@"; }
            trap 'status=$?; [ $status = 0 ] || printf "\\nfailed with %%s: %%s\\n" "$status" "$BASH_COMMAND"' EXIT
            %s
            """.formatted(
                commands.stream().map(command -> standingFor(command.text())).collect(Collectors.joining("\n"))));
        var said = folder.resolve("typed.log");
        var builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("HOME", folder.resolve("home").toString());
        var shell = builder.start();
        var ended = shell.waitFor(2, TimeUnit.MINUTES);
        return ended && shell.exitValue() == 0 ? "" : Files.readString(said);
    }

    /** What stands in the documents for the reader's own. */
    private String standingFor(String text) {
        var here = scene.app().uri("").toString();
        return text.replace("http://localhost:8080", here)
                .replace("http://127.0.0.1:8080", here)
                .replace("https://hooks.example.org/plimsoll", scene.receiver().url());
    }
}
