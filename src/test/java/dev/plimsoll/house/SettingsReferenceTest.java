package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    private static final Path DOCUMENT = Path.of("src/docs/configuration.md");
    private static final Path CHART = Path.of("helm/plimsoll");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| [^|]*\\| (.*) \\|$", Pattern.MULTILINE);
    private static final Pattern VARIABLE = Pattern.compile("\\bPLIMSOLL_[A-Z][A-Z_]+[A-Z]\\b");
    private static final Pattern SETTING = Pattern.compile(
            "(?<![\\w./-])plimsoll\\.(?:account|alert|api|chat|delivery|market|ops|oracle|pipeline|position|rule|wire)\\.[a-z][a-z.-]*[a-z]");

    @Test
    void theReferenceIsWhatTheCodeSays() throws IOException {
        var made = SettingsReference.of(Path.of("src/main/java"));
        if (Boolean.getBoolean("plimsoll.write")) {
            Files.writeString(DOCUMENT, made);
        }

        assertThat(Files.readString(DOCUMENT))
                .as(
                        "%s is not what the code says: ./plimsoll test -Dtest=SettingsReferenceTest"
                                + " --plimsoll.write=true writes it",
                        DOCUMENT)
                .isEqualTo(made);
    }

    @Test
    void everySettingIsInItWithASentence() throws IOException {
        var rows = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));

        assertThat(rows.keySet()).isEqualTo(known());
        assertThat(rows)
                .allSatisfy((name, sentence) -> assertThat(sentence).as(name).isNotBlank());
    }

    @Test
    void theChartNamesNoSettingThatIsNone() throws IOException {
        var variables = known().stream().map(SettingsReferenceTest::variable).collect(Collectors.toSet());
        for (var text : chart()) {
            assertThat(VARIABLE.matcher(text).results().map(found -> found.group()))
                    .allMatch(name -> variables.contains(name) || name.startsWith("PLIMSOLL_ORACLE_SOURCES_"));
            assertThat(SETTING.matcher(text).results().map(found -> found.group()))
                    .allMatch(name -> known().stream()
                            .anyMatch(one ->
                                    name.matches(one.replace("<name>", "[a-z-]+")) || one.startsWith(name + ".")));
        }
    }

    private static Set<String> known() {
        return Mappings.all().stream()
                .map(ConfigClass::configClass)
                .flatMap(mapping -> mapping.getProperties().keySet().stream())
                .filter(name -> !name.endsWith("]")) // of a list, which may also be given one by one
                .map(name -> name.replace("*", "<name>"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static List<String> chart() throws IOException {
        var texts = new ArrayList<String>();
        if (Files.isDirectory(CHART)) {
            try (var files = Files.walk(CHART)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }
}
