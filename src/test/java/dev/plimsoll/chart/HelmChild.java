package dev.plimsoll.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Helm in a process of its own: it is a program in Go, whose signal handlers have no business in the JVM of the tests.
 *
 * <p>Reads requests, a line each: {@code lint <chart>}, {@code template <chart> <values file>} or {@code notes …}. Answers each
 * with {@code ok} or {@code no} and a text in Base64.
 */
final class HelmChild {
    private static final String KUBERNETES = "1.32.0";

    private HelmChild() {}

    public static void main(String... args) throws IOException {
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = requests.readLine(); line != null; line = requests.readLine()) {
            System.out.println(answer(line.split(" ")));
        }
    }

    private static String answer(String... words) {
        try {
            return line("ok", text(words[0], Path.of(words[1]), words));
        } catch (IllegalStateException refused) {
            return line("no", refused.getMessage());
        }
    }

    private static String line(String verdict, String text) {
        return verdict + " " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String verb, Path chart, String... words) {
        return switch (verb) {
            case "lint" -> lint(new Helm(chart).lint().strict().call());
            case "template" -> template(chart, Path.of(words[2]));
            case "notes" -> notes(chart, Path.of(words[2]));
            default -> throw new IllegalArgumentException("no verb " + verb);
        };
    }

    private static String lint(LintResult result) {
        var said = String.join("\n", result.getMessages());
        if (result.isFailed()) {
            throw new IllegalStateException(said);
        }
        return said;
    }

    private static String template(Path chart, Path values) {
        return new Helm(chart)
                .template()
                .withName(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .withValuesFile(values)
                .call();
    }

    private static String notes(Path chart, Path values) {
        return new Helm(chart)
                .install()
                .withName(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeVersion(KUBERNETES)
                .clientOnly()
                .dryRun()
                .withValuesFile(values)
                .call()
                .getOutput();
    }
}
