package dev.plimsoll.ops.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.plimsoll.api.BundleText;
import dev.plimsoll.ops.Refused;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bundles in files. Where a value is {@code {fromFile: <path>}} the text of that file stands, without the line end behind it;
 * paths start at the folder of the bundle, so secrets need not be written into it.
 */
public final class BundleFiles {
    private static final String FROM_FILE = "fromFile";
    private static final String NAMES = ".*\\.(yaml|yml|json)";

    private BundleFiles() {}

    /** @param where file and place, for whoever must mend it */
    record Written(String where, ObjectNode account) {}

    /**
     * All accounts of a file, or of all files of a folder in the order of their names. What Kubernetes keeps beside the files of
     * a mounted ConfigMap, below names with a dot in front, is left out.
     */
    static List<Written> accounts(Path path) {
        try {
            return files(path).stream().flatMap(file -> inFile(file).stream()).toList();
        } catch (IOException e) {
            throw new Refused(
                    "%s cannot be read (%s): mend plimsoll.provisioning.path or the file."
                            .formatted(path, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var found = Files.list(path)) {
            return found.filter(file -> file.getFileName().toString().matches(NAMES))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static List<Written> inFile(Path file) {
        var whole = read(file);
        var others = Stream.of(whole)
                .flatMap(tree -> names(tree))
                .filter(name -> !name.equals("accounts"))
                .toList();
        if (!(whole.get("accounts") instanceof ArrayNode accounts) || !others.isEmpty()) {
            throw new Refused("%s holds 'accounts', a list of bundles, and nothing else%s."
                    .formatted(file, others.isEmpty() ? "" : ": '" + others.getFirst() + "' is not known here"));
        }
        return IntStream.range(0, accounts.size())
                .mapToObj(i -> new Written(file + " /accounts/" + i, object(file, i, accounts.get(i))))
                .toList();
    }

    private static Stream<String> names(ObjectNode tree) {
        return tree.properties().stream().map(Map.Entry::getKey);
    }

    private static ObjectNode object(Path file, int index, JsonNode account) {
        if (account instanceof ObjectNode object) {
            return object;
        }
        throw new Refused("%s /accounts/%d: an account is an object.".formatted(file, index));
    }

    /** One bundle, with the text of the files it names. */
    public static ObjectNode read(Path file) {
        try {
            var text = Files.readAllBytes(file);
            var tree = BundleText.read(text, !file.toString().endsWith(".json"));
            fill(tree, file.toAbsolutePath().getParent());
            return tree;
        } catch (IOException e) {
            throw new Refused(
                    "%s cannot be read (%s).".formatted(file, e.getClass().getSimpleName()), e);
        } catch (HttpProblem e) {
            throw new Refused(file + ": " + e.getDetail(), e);
        }
    }

    private static void fill(JsonNode node, Path folder) {
        if (node instanceof ObjectNode object) {
            names(object).toList().forEach(name -> {
                if (isReference(object.get(name))) {
                    object.set(name, TextNode.valueOf(text(object.get(name), folder)));
                }
            });
        }
        node.forEach(child -> fill(child, folder));
    }

    private static boolean isReference(JsonNode value) {
        return value.isObject() && value.size() == 1 && value.path(FROM_FILE).isTextual();
    }

    private static String text(JsonNode reference, Path folder) {
        var file = folder.resolve(reference.get(FROM_FILE).asText());
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new Refused(
                    "%s, named by 'fromFile', cannot be read (%s)."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }
}
