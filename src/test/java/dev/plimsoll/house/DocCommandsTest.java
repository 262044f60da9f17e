package dev.plimsoll.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocCommandsTest {
    @TempDir
    Path folder;

    @Test
    void commandsOfFencedShellBlocksAndIndentedOnesAreFoundInTheirOrder() throws IOException {
        var commands = of("""
            Say

                ./plimsoll demo     # a crash

                SOME_SETTING=value

            ```sh
            # a remark
            api=http://localhost:8080
            curl $api/x \\
              -d '{"a":
                1}'            # it's shown
            ```

            ```json
            {"curl": 1}
            ```
            """);

        assertThat(commands)
                .extracting(DocCommands.Command::program)
                .containsExactly("./plimsoll", "api=http://localhost:8080", "curl");
        assertThat(commands.getLast().text()).endsWith("1}'            # it's shown");
    }

    @Test
    void whatACommandSetsForItselfIsNotItsProgram() throws IOException {
        assertThat(of("```sh\nA=1 B=\"2 3\" ./plimsoll run --x=y\n```\n").getFirst())
                .satisfies(command -> assertThat(command.program()).isEqualTo("./plimsoll"))
                .satisfies(command -> assertThat(command.words()).contains("run", "--x=y"));
    }

    private List<DocCommands.Command> of(String text) throws IOException {
        return DocCommands.of(Files.writeString(folder.resolve("doc.md"), text));
    }
}
