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
import java.util.stream.Collectors;

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
        return Map.of(README, readme(), SCHEMA, schema(), BASE.resolve("plimsoll.yaml"), base());
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

    private static String base() {
        return "# Made from helm/plimsoll with values.yaml beside this: ./plimsoll chart\n"
                + Chart.text(read(BASE.resolve("values.yaml"))).replaceAll("(?m)^# Source: .*\n", "");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
