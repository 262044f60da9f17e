package dev.plimsoll.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarms an operator gets with {@code metrics.rules.enabled}. */
class AlarmsTest {
    private static final List<JsonNode> ALARMS = Manifests.list(
                    Wish.SEEN.rendered().one("PrometheusRule", "plimsoll").at("/spec/groups/0/rules"))
            .toList();

    @Test
    void eachSaysWhatIsWrongAndWhereToReadWhatToDo() {
        var sections = sections();

        assertThat(ALARMS).hasSizeGreaterThan(10).allSatisfy(alarm -> {
            var name = alarm.path("alert").asText();
            assertThat(name).isIn(sections);
            assertThat(alarm.at("/annotations/runbook_url").asText())
                    .isEqualTo("src/docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alarm.at("/annotations/summary").asText()).endsWith(".");
            assertThat(alarm.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    void eachSectionOfTheRunbookHasItsAlarm() {
        var alarms = ALARMS.stream().map(alarm -> alarm.path("alert").asText()).toList();

        assertThat(sections()).containsExactlyInAnyOrderElementsOf(alarms);
    }

    private static List<String> sections() {
        return Generated.read(Path.of("src/docs/operations.md"))
                .lines()
                .filter(line -> line.startsWith("### Plimsoll"))
                .map(line -> line.substring(4))
                .toList();
    }

    @Test
    void prometheusRingsThemForWhatTheyAreThereForAndNotOtherwise(@TempDir Path folder)
            throws IOException, InterruptedException {
        var promtool = promtool();
        assumeTrue(promtool.isPresent(), "the alarms are not tried: there is no promtool here (Debian: prometheus)");
        var rules = Wish.SEEN.rendered().one("PrometheusRule", "plimsoll").at("/spec");
        Files.writeString(folder.resolve("rules.yaml"), rules.toString());
        Files.copy(Path.of("src/test/resources/chart/alarms.yaml"), folder.resolve("alarms.yaml"));

        var process = new ProcessBuilder(promtool.get(), "test", "rules", "alarms.yaml")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Optional<String> promtool() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("target/tools/usr/bin"))
                .map(folder -> Path.of(folder, "promtool").toAbsolutePath())
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
