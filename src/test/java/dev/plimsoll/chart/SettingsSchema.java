package dev.plimsoll.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plimsoll.ops.check.KnownSettings;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of the chart's schema that names Plimsoll's own settings. */
final class SettingsSchema {
    private static final Pattern SECRET = Pattern.compile(".*[.-](key|token|password|secret)|.*dead-man-url");
    private static final String LOCAL = "plimsoll.ops.demo.";

    private SettingsSchema() {}

    /** @param secret for those that are kept in a Secret: any setting; otherwise those that are not secret */
    static void write(ObjectNode schema, boolean secret) {
        var names = KnownSettings.names().stream()
                .filter(name -> !name.startsWith(LOCAL))
                .filter(name -> !name.endsWith("]")) // of a list, which may also be given one by one
                .filter(name -> secret || !SECRET.matcher(name).matches())
                .filter(name -> !madeByTheChart().contains(variable(name)))
                .sorted()
                .toList();
        fill(schema.putObject("properties"), secret, plain(names));
        var patterns = schema.putObject("patternProperties");
        fill(patterns, secret, starred(names));
        patterns.set("^quarkus\\.", value(schema, secret));
    }

    private static void fill(ObjectNode target, boolean secret, List<String> names) {
        names.forEach(name -> target.set(name, value(target, secret)));
    }

    private static ObjectNode value(ObjectNode factory, boolean secret) {
        var value = factory.objectNode();
        if (secret) {
            value.put("type", "string").put("pattern", "^[-._a-zA-Z0-9]{1,253}$");
        } else {
            value.putArray("type").add("string").add("number").add("boolean");
        }
        return value;
    }

    private static List<String> plain(List<String> names) {
        return names.stream().filter(name -> !name.contains("*")).toList();
    }

    private static List<String> starred(List<String> names) {
        return names.stream()
                .filter(name -> name.contains("*"))
                .map(name -> "^" + name.replace(".", "\\.").replace("*", "[a-z0-9]+") + "$")
                .toList();
    }

    /** The variables that templates of the chart name: what a value of its own says is not said twice. */
    private static Set<String> madeByTheChart() {
        return Pattern.compile("PLIMSOLL_[A-Z_]+")
                .matcher(Generated.read(Chart.FOLDER.resolve("templates/_settings.tpl")))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toSet());
    }

    /** As an environment variable. */
    static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
