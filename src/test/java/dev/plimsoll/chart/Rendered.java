package dev.plimsoll.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the container of a pod would be started with.
 *
 * @param arguments   of the image's program
 * @param environment nothing else is told to it; values of Secrets as they were given
 */
public record Rendered(List<String> arguments, Map<String, String> environment) {
    public Rendered {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * The one container of a manifest.
     *
     * @param values  of the chart, beside what must be said
     * @param secrets by key, of whatever Secret
     */
    public static Rendered of(String values, String kind, String name, Map<String, String> secrets) {
        var manifests = Chart.render(Wish.with(values));
        var manifest = manifests.one(kind, name);
        var container = manifest.at((kind.equals("Pod") ? "/spec" : "/spec/template/spec") + "/containers/0");
        var environment = new TreeMap<String, String>();
        Manifests.list(container.path("envFrom"))
                .map(from -> from.at("/configMapRef/name").asText())
                .flatMap(map -> manifests.one("ConfigMap", map).path("data").propertyStream())
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        Manifests.list(container.path("env"))
                .forEach(variable -> environment.put(variable.path("name").asText(), value(variable, secrets)));
        return new Rendered(
                Manifests.list(container.path("args")).map(JsonNode::asText).toList(), environment);
    }

    private static String value(JsonNode variable, Map<String, String> secrets) {
        var key = variable.at("/valueFrom/secretKeyRef/key");
        return key.isMissingNode() ? variable.path("value").asText() : secrets.get(key.asText());
    }

    /** On this machine, where other ports and folders are free than in a pod. */
    public Rendered with(Map<String, String> replaced) {
        var here = new TreeMap<>(environment);
        replaced.forEach((from, to) -> here.replaceAll((name, value) -> value.replace(from, to)));
        var words = new ArrayList<>(arguments);
        replaced.forEach((from, to) -> words.replaceAll(word -> word.replace(from, to)));
        return new Rendered(words, here);
    }

    @Override
    public String toString() {
        return arguments + environment.keySet().stream().collect(Collectors.joining(",", "{", "}"));
    }
}
