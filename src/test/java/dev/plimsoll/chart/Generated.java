package dev.plimsoll.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is made of the chart: the table of its values, what its schema says of them and of settings, and {@code k8s/base}.
 *
 * <p>{@code ./plimsoll chart} writes them anew; a test holds them equal.
 */
final class Generated {
    private static final Path VALUES = Chart.FOLDER.resolve("values.yaml");
    private static final Path SCHEMA = Chart.FOLDER.resolve("values.schema.json");
    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final Path BASE = Path.of("k8s", "base");
    private static final String TABLE = "| value | default | what it is |\n|---|---|---|\n";
    private static final String MADE = "# Made from helm/plimsoll with values.yaml beside this: ./plimsoll chart\n";
    private static final Pattern CONFIG_MAP = Pattern.compile("(?m)^kind: ConfigMap$");
    private static final JsonMapper JSON = new JsonMapper();

    private Generated() {}

    public static void main(String... args) {
        files().forEach((file, text) -> {
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Each file and what must stand in it. */
    static Map<Path, String> files() {
        return Map.of(
                README,
                readme(),
                SCHEMA,
                schema(),
                BASE.resolve("plimsoll.yaml"),
                base(),
                BASE.resolve("settings.env"),
                settings());
    }

    /** What is written by hand, then the table. */
    private static String readme() {
        var all = Documented.in(read(VALUES));
        var rows = all.stream()
                .map(value -> "| `%s` | %s | %s |\n"
                        .formatted(
                                value.path(),
                                value.isGroupIn(all) ? "" : "`" + value.fallback() + "`",
                                value.description()))
                .collect(Collectors.joining());
        return read(README).split("\\| value \\|", 2)[0] + TABLE + rows;
    }

    private static String schema() {
        try {
            var schema = (ObjectNode) JSON.readTree(read(SCHEMA));
            Documented.in(read(VALUES))
                    .forEach(value -> described(schema, value.path()).put("description", value.description()));
            SettingsSchema.write((ObjectNode) schema.at("/properties/settings"), false);
            SettingsSchema.write((ObjectNode) schema.at("/properties/secretSettings"), true);
            var lines = new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"));
            return JSON.writer(lines).writeValueAsString(schema).replace("\" : ", "\": ") + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode described(JsonNode schema, String path) {
        return (ObjectNode) schema.at("/properties/" + path.replace(".", "/properties/"));
    }

    /** All but the ConfigMap, which is kustomize's to make. */
    private static String base() {
        return MADE
                + Stream.of(rendered().split("(?m)^(?=---$)"))
                        .filter(document -> !CONFIG_MAP.matcher(document).find())
                        .collect(Collectors.joining())
                        .replaceAll("(?m)^# Source: .*\n", "");
    }

    /** The ConfigMap: kustomize names it by what is in it, so that a change replaces the pods. */
    private static String settings() {
        return MADE
                + new Manifests(rendered())
                        .of("ConfigMap")
                        .flatMap(map -> map.at("/data").propertyStream())
                        .map(setting ->
                                setting.getKey() + "=" + setting.getValue().asText() + "\n")
                        .collect(Collectors.joining());
    }

    private static String rendered() {
        return Chart.text(read(BASE.resolve("values.yaml")));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
