package dev.plimsoll.house;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code /q/metrics} says: of each metric the labels of its series.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>
 */
public record Exposition(Map<String, List<Map<String, String>>> series) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    public static Exposition of(String text) {
        var series = new TreeMap<String, List<Map<String, String>>>();
        text.lines().filter(line -> !line.startsWith("#")).map(LINE::matcher).forEach(line -> {
            if (line.matches()) {
                series.computeIfAbsent(line.group(1), name -> new ArrayList<>())
                        .add(labels(line.group(2) == null ? "" : line.group(2)));
            }
        });
        return new Exposition(series);
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        return labels;
    }

    public Set<String> names() {
        return series.keySet();
    }

    boolean has(String name, String label) {
        return series.getOrDefault(name, List.of()).stream().anyMatch(one -> one.containsKey(label));
    }

    boolean has(String name, String label, String value) {
        return series.getOrDefault(name, List.of()).stream().anyMatch(one -> value.equals(one.get(label)));
    }
}
