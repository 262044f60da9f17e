package dev.plimsoll.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a benchmark found: a JSON line for each finding at once, and all of them as a table at its end. */
final class Report {
    private final String benchmark;
    private final List<List<String>> rows = new ArrayList<>(List.of(List.of("what", "measured", "aim", "")));

    Report(String benchmark) {
        this.benchmark = benchmark;
    }

    /** Where it runs: all figures are to be read with it. */
    static void machine() {
        System.out.println(new JsonObject()
                .put("benchmark", "machine")
                .put("jdk", Runtime.version().toString())
                .put("vm", System.getProperty("java.vm.name"))
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("maxHeapMb", Runtime.getRuntime().maxMemory() >> 20)
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .encode());
    }

    /** A line for the machine only: everything there is to know of one measurement. */
    void line(String what, Map<String, Object> values) {
        System.out.println(new JsonObject()
                .put("benchmark", benchmark)
                .put("what", what)
                .mergeIn(new JsonObject(values))
                .encode());
    }

    /** A figure without an aim. */
    void figure(String what, double measured, String unit) {
        rows.add(List.of(what, number(measured) + " " + unit, "", ""));
    }

    /** A figure that has to be at most so much. */
    void atMost(String what, double measured, double aim, String unit) {
        rows.add(List.of(
                what, number(measured) + " " + unit, "≤ " + number(aim), measured <= aim ? "reached" : "MISSED"));
    }

    /** A figure that has to be at least so much. */
    void atLeast(String what, double measured, double aim, String unit) {
        rows.add(List.of(
                what, number(measured) + " " + unit, "≥ " + number(aim), measured >= aim ? "reached" : "MISSED"));
    }

    void note(String what, String why) {
        rows.add(List.of(what, why, "", ""));
    }

    void table() {
        var width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        System.out.println();
        rows.forEach(row -> System.out.printf(
                Locale.ROOT, "%-" + width + "s  %14s  %10s  %s%n", row.get(0), row.get(1), row.get(2), row.get(3)));
        System.out.println();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
    }
}
