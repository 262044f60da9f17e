package dev.plimsoll.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands beside the chart says what the chart does. */
class ChartFilesTest {
    private static final JsonNode SCHEMA = Manifests.parsed(Generated.read(Chart.FOLDER.resolve("values.schema.json")))
            .getFirst();
    private static final JsonNode VALUES = Manifests.parsed(Generated.read(Chart.FOLDER.resolve("values.yaml")))
            .getFirst();

    @Test
    void whatIsGeneratedIsAsThePresentChartMakesIt() {
        Generated.files()
                .forEach((file, text) -> assertThat(Generated.read(file))
                        .as("%s: ./plimsoll chart writes it anew", file)
                        .isEqualTo(text));
    }

    @Test
    void everyValueIsDescribed() {
        var described = Documented.in(Generated.read(Chart.FOLDER.resolve("values.yaml"))).stream()
                .map(Documented::path)
                .toList();

        assertThat(leaves(SCHEMA, "").toList())
                .hasSizeGreaterThan(60)
                .allSatisfy(
                        path -> assertThat(described).anyMatch(one -> path.equals(one) || path.startsWith(one + ".")));
    }

    @Test
    void theSchemaKnowsTheValuesThereAreAndNoOthers() {
        assertThat(groups(SCHEMA))
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        group -> assertThat(group.path("additionalProperties").isBoolean())
                                .as(group.toString())
                                .isTrue());
        assertThat(leaves(SCHEMA, "").map(path -> path.split("\\.")[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        VALUES.propertyStream().map(entry -> entry.getKey()).collect(Collectors.toList()));
    }

    @Test
    void theChartIsOfTheVersionThatIsBuilt() {
        var chart = Manifests.parsed(Generated.read(Chart.FOLDER.resolve("Chart.yaml")))
                .getFirst();

        assertThat(Generated.read(Path.of("pom.xml")))
                .contains("<artifactId>plimsoll</artifactId>\n    <version>"
                        + chart.path("appVersion").asText() + "</version>");
    }

    private static Stream<String> leaves(JsonNode schema, String at) {
        return schema.path("properties")
                .propertyStream()
                .filter(entry -> !entry.getKey().equals("global"))
                .flatMap(entry ->
                        entry.getValue().has("properties") && !entry.getKey().matches("settings|secretSettings")
                                ? leaves(entry.getValue(), at + entry.getKey() + ".")
                                : Stream.of(at + entry.getKey()));
    }

    /** Everything of the schema that has named properties. */
    private static List<JsonNode> groups(JsonNode schema) {
        return Stream.concat(
                        schema.has("properties") && schema.path("properties").isObject()
                                ? Stream.of(schema)
                                : Stream.empty(),
                        Manifests.list(schema).flatMap(child -> groups(child).stream()))
                .toList();
    }
}
