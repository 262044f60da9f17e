package dev.plimsoll.crash;

import dev.plimsoll.house.DocCommands.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A command of a document that no test runs.
 *
 * @param start of the command
 */
record NotRun(String doc, String start, String why) {
    private static final Path LIST = Path.of("src/test/resources/docs/not-run.txt");

    static List<NotRun> all() throws IOException {
        return Files.readAllLines(LIST).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", 3))
                .map(parts -> new NotRun(parts[0], parts[1], parts[2]))
                .toList();
    }

    /** Whether one of them is this command. */
    static boolean covers(Command command) throws IOException {
        return all().stream().anyMatch(one -> one.is(command));
    }

    boolean is(Command command) {
        return command.doc().getFileName().toString().equals(doc)
                && command.text().startsWith(start);
    }
}
