package dev.plimsoll.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.house.DocCommands.Command;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that needs a cluster: it is not run, but held against what it names. */
final class ClusterCommand {
    private static final Set<String> PROGRAMS = Set.of("kubectl", "helm", "docker");

    /** A path of the repository, as far as it stands in a command. */
    private static final Pattern PATH = Pattern.compile("^\\.?/?((?:helm|k8s|src)(?:/[\\w.-]+)*)/?$");

    private ClusterCommand() {}

    static boolean is(Command command) {
        return PROGRAMS.contains(command.program());
    }

    static void namesWhatIsThere(Command command) {
        assertThat(command.words().stream().map(PATH::matcher).filter(Matcher::matches))
                .allSatisfy(path -> assertThat(Path.of(path.group(1)))
                        .as(command.toString())
                        .exists());
    }
}
