package dev.plimsoll.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path elsewhere;

    @Test
    void helpNamesEveryCommandFromAnyFolder() throws Exception {
        var said = launch(Map.of(), "help");

        assertThat(said.code()).isZero();
        assertThat(said.text())
                .contains("demo", "run", "test", "bench", "doctor", "migrate", "--plimsoll.pipeline.every=2s");
    }

    @Test
    void anUnknownCommandIsRefusedWithTheHelp() throws Exception {
        var said = launch(Map.of(), "rnu");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("there is no command 'rnu'", "./plimsoll demo");
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        var tools = Files.createDirectory(elsewhere.resolve("tools"));
        for (var tool : List.of("dirname", "sed", "readlink", "cat")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin/" + tool));
        }

        var said =
                launch(Map.of("PATH", tools.toString(), "JAVA_HOME", "/nowhere", "PLIMSOLL_JDKS", "/nowhere/*"), "run");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .startsWith("plimsoll: no JDK 21 or later was found: install one")
                .hasLineCount(1);
    }

    @Test
    void withAnOldMavenItSaysWhichIsNeeded() throws Exception {
        var tools = Files.createDirectory(elsewhere.resolve("tools"));
        var maven = Files.writeString(tools.resolve("mvn"), "#!/bin/sh\necho Apache Maven 3.8.6\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var tool : List.of("dirname", "sed", "mkdir", "cat")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin/" + tool));
        }

        var said = launch(
                Map.of(
                        "PATH",
                        tools.toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "PLIMSOLL_MAVENS",
                        "/nowhere"),
                "test");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text())
                .startsWith("plimsoll: Maven 3.8.7 or later was not found (only 3.8.6): install it")
                .hasLineCount(1);
    }

    private record Said(int code, String text) {}

    private Said launch(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("/bin/sh", Path.of("plimsoll").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text.strip());
    }
}
