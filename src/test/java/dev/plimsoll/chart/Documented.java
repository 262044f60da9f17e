package dev.plimsoll.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A value of the chart and the comment above it.
 *
 * @param path     {@code autoscaling.queueAge.metric}
 * @param fallback the default, as JSON; of a group of documented values the group
 */
record Documented(String path, String description, JsonNode fallback) {
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9-]+):.*");
    private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");

    /** All that have a comment, in the order of the file; one without is part of the value above it. */
    static List<Documented> in(String yaml) {
        var values = Manifests.parsed(yaml).getFirst();
        var documented = new ArrayList<Documented>();
        var comment = new ArrayList<String>();
        var groups = new ArrayList<String>();
        for (var line : yaml.lines().toList()) {
            var said = COMMENT.matcher(line);
            var key = KEY.matcher(line);
            if (said.matches()) {
                comment.add(said.group(1));
                continue;
            }
            if (key.matches()) {
                var depth = key.group(1).length() / 2;
                while (groups.size() > depth) {
                    groups.removeLast();
                }
                groups.add(key.group(2));
                if (!comment.isEmpty()) {
                    documented.add(of(values, groups, comment));
                }
            }
            comment.clear();
        }
        return List.copyOf(documented);
    }

    private static Documented of(JsonNode values, List<String> groups, List<String> comment) {
        return new Documented(
                String.join(".", groups), String.join(" ", comment), values.at("/" + String.join("/", groups)));
    }

    /** Whether values below it are documented too. */
    boolean isGroupIn(List<Documented> all) {
        return all.stream().anyMatch(other -> other.path().startsWith(path + "."));
    }
}
