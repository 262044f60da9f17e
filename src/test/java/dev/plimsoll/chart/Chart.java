package dev.plimsoll.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** {@code helm/plimsoll}, as Helm sees it. */
final class Chart {
    static final String RELEASE = "plimsoll";
    static final String NAMESPACE = "plimsoll";
    static final Path FOLDER = Path.of("helm", "plimsoll");

    private static final Path WORK = Path.of("target", "chart");
    private static final Chart HERE = new Chart();

    private final Process helm;
    private final Path visible;

    private Chart() {
        try {
            Files.createDirectories(WORK);
            visible = withHooksVisible();
            helm = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HelmChild.class.getName())
                    .redirectError(WORK.resolve("helm.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Helm cannot be started", e);
        }
    }

    /** What Helm refused, in its words. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** What Helm would mend, strictly. @throws Refused where it must be mended */
    static String lint() {
        return HERE.ask("lint " + FOLDER.toAbsolutePath());
    }

    /** What it makes of these values, hooks included. @throws Refused where Helm renders nothing */
    static Manifests render(String values) {
        return new Manifests(text(values));
    }

    static String text(String values) {
        return HERE.ask("template " + HERE.visible + " " + file(values))
                .replace("plimsoll.dev/was-hook", "helm.sh/hook");
    }

    /** What is shown after an installation with these values. */
    static String notes(String values) {
        var shown = HERE.ask("notes " + FOLDER.toAbsolutePath() + " " + file(values));
        return shown.substring(shown.indexOf("NOTES:"));
    }

    private synchronized String ask(String request) {
        try {
            helm.outputWriter().write(request + "\n");
            helm.outputWriter().flush();
            var answer = helm.inputReader().readLine();
            var text = new String(Base64.getDecoder().decode(answer.substring(3)), StandardCharsets.UTF_8);
            if (answer.startsWith("no")) {
                throw new Refused(text);
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("Helm does not answer: see " + WORK.resolve("helm.log"), e);
        }
    }

    private static Path file(String values) {
        try {
            return Files.writeString(Files.createTempFile(WORK, "values", ".yaml"), values)
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy whose hooks are plain manifests: Helm's library shows no hooks. */
    private static Path withHooksVisible() throws IOException {
        var copy = Files.createTempDirectory(WORK, "hooks").resolve("plimsoll");
        for (var file : files()) {
            var to = copy.resolve(FOLDER.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.writeString(to, Files.readString(file).replace("helm.sh/hook", "plimsoll.dev/was-hook"));
        }
        return copy.toAbsolutePath();
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
