package dev.plimsoll.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Manifests of Kubernetes. */
record Manifests(List<JsonNode> all) {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Set<String> WITH_PODS = Set.of("Deployment", "Job");

    Manifests {
        all = List.copyOf(all);
    }

    Manifests(String yaml) {
        this(parsed(yaml));
    }

    static List<JsonNode> parsed(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll().stream()
                    .filter(document -> document.isObject() && !document.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode one(String kind, String name) {
        return of(kind).filter(
                        manifest -> manifest.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " among " + names()));
    }

    Stream<JsonNode> of(String kind) {
        return all.stream().filter(manifest -> manifest.at("/kind").asText().equals(kind));
    }

    List<String> names() {
        return all.stream()
                .map(manifest -> manifest.at("/kind").asText() + " "
                        + manifest.at("/metadata/name").asText())
                .sorted()
                .toList();
    }

    /** The spec of each pod there would be. */
    List<JsonNode> pods() {
        return all.stream()
                .filter(manifest -> WITH_PODS.contains(manifest.at("/kind").asText())
                        || manifest.at("/kind").asText().equals("Pod"))
                .map(manifest -> manifest.at("/kind").asText().equals("Pod")
                        ? manifest.at("/spec")
                        : manifest.at("/spec/template/spec"))
                .toList();
    }

    /** The variables a container is given in so many words, and of a Secret: name and value. */
    Stream<String> variables() {
        var settings = of("ConfigMap").flatMap(map -> map.at("/data").propertyStream());
        return Stream.concat(
                settings.map(entry -> entry.getKey()),
                pods().stream()
                        .flatMap(pod -> list(pod.at("/containers")))
                        .flatMap(container -> list(container.at("/env")))
                        .map(variable -> variable.at("/name").asText()));
    }

    static Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
