package dev.plimsoll.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that a document tells its reader to type: those of fenced shell blocks, and indented ones of known programs. */
public final class DocCommands {
    private static final Pattern FENCE = Pattern.compile("^```(\\w*).*$");
    private static final Pattern SHELL = Pattern.compile("sh|bash|shell|console");
    private static final Pattern INDENTED =
            Pattern.compile("^ {4}(?:\\./plimsoll|curl|kubectl|helm|docker|mvn|git)\\b.*");
    private static final Pattern PROGRAM =
            Pattern.compile("^(?:[A-Za-z_]\\w*=(?:\"[^\"]*\"|'[^']*'|[^\\s(]*)\\s+)*(\\S+)");

    private DocCommands() {}

    /** @param doc of which it is @param text as it is typed, on as many lines as it takes */
    public record Command(Path doc, String text) {

        /** Its first word, behind what it sets for itself. */
        public String program() {
            var found = PROGRAM.matcher(text);
            return found.find() ? found.group(1) : "";
        }

        /** Its words, without quotes. */
        public List<String> words() {
            return Stream.of(text.replaceAll("\\s#\\s.*", "").split("[\\s\\\\]+"))
                    .map(word -> word.replaceAll("^['\"]|['\"]$", ""))
                    .filter(word -> !word.isEmpty())
                    .toList();
        }

        @Override
        public String toString() {
            return doc.getFileName() + ": " + text;
        }
    }

    /** README and all longer documents. */
    public static List<Path> documents() throws IOException {
        try (var longer = Files.list(Path.of("src/docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md")),
                            longer.filter(file -> file.toString().endsWith(".md")))
                    .sorted()
                    .toList();
        }
    }

    /** In their order. */
    public static List<Command> of(Path doc) throws IOException {
        return commands(doc, lines(Files.readAllLines(doc)));
    }

    /** Those that belong to a shell. */
    private static List<String> lines(List<String> text) {
        var lines = new ArrayList<String>();
        var language = "";
        var fenced = false;
        for (var line : text) {
            var fence = FENCE.matcher(line.strip());
            if (fence.matches()) {
                language = fenced ? "" : fence.group(1);
                fenced = !fenced;
                lines.add("");
            } else if (fenced
                    ? SHELL.matcher(language).matches()
                    : INDENTED.matcher(line).matches()) {
                lines.add((fenced ? line : line.strip()).replaceFirst("^\\$ ", ""));
            }
        }
        return lines;
    }

    /** A command goes on while a quote is open or its line ends with a backslash. */
    private static List<Command> commands(Path doc, List<String> lines) {
        var commands = new ArrayList<Command>();
        var open = new ArrayList<String>();
        for (var line : lines) {
            if (open.isEmpty() && (line.isBlank() || line.strip().startsWith("#"))) {
                continue;
            }
            open.add(line);
            var text = open.stream().collect(Collectors.joining("\n"));
            if (!text.endsWith("\\") && !isQuoteOpen(text)) {
                commands.add(new Command(doc, text));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException(doc + " has a command that does not end: " + open);
        }
        return commands;
    }

    private static boolean isQuoteOpen(String text) {
        var quote = '\0';
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            if (quote == '\0' && letter == '#' && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                i = Math.max(i, text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i));
            } else if (letter == '\\' && quote != '\'') {
                i++;
            } else if (quote == '\0' && (letter == '\'' || letter == '"')) {
                quote = letter;
            } else if (letter == quote) {
                quote = '\0';
            }
        }
        return quote != '\0';
    }
}
