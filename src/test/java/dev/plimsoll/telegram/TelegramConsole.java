package dev.plimsoll.telegram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The server alone, and one person at the keyboard, who is in a group with the bot: a line is written to the bot, {@code
 * !Label} presses that button below the last message that has it; after {@code #} the same in the group. Argument: the port.
 */
public final class TelegramConsole {
    private static final long LOOK_EVERY_MILLIS = 100;

    private TelegramConsole() {}

    public static void main(String[] arguments) throws IOException {
        try (var server = TelegramServer.on(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]), true);
                var keyboard = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.printf(
                    "plimsoll.delivery.telegram.url=%s%nplimsoll.delivery.telegram.token=%s%n",
                    server.url(), TelegramServer.TOKEN);
            var you = server.person("You");
            var group = server.group("Treasury", you);
            Thread.ofVirtual().start(() -> print(you, group));
            for (var line = keyboard.readLine(); line != null; line = keyboard.readLine()) {
                if (line.startsWith("#")) {
                    type(
                            line.substring(1).strip(),
                            group.sees(),
                            text -> group.hears(you, text),
                            (message, label) -> group.presses(you, message, label));
                } else {
                    type(line.strip(), you.sees(), you::writes, you::presses);
                }
            }
        }
    }

    private static void type(
            String line, List<Shown> seen, Consumer<String> writing, BiConsumer<Shown, String> pressing) {
        if (line.startsWith("!")) {
            var label = line.substring(1);
            seen.reversed().stream()
                    .filter(message -> message.labels().contains(label))
                    .findFirst()
                    .ifPresentOrElse(
                            message -> pressing.accept(message, label),
                            () -> System.out.println("there is no button " + label));
        } else if (!line.isEmpty()) {
            writing.accept(line);
        }
    }

    private static void print(TelegramUser you, TelegramGroup group) {
        Set<Shown> printed = new HashSet<>();
        Set<Shown> printedInGroup = new HashSet<>();
        try {
            while (true) {
                you.heard().stream().filter(printed::add).forEach(TelegramConsole::print);
                group.heard().stream().filter(printedInGroup::add).forEach(message -> {
                    System.out.print("# ");
                    print(message);
                });
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void print(Shown message) {
        System.out.printf(
                "── %d%s%s%n%s%n%s%n",
                message.id(),
                message.edits() > 0 ? " (edited)" : "",
                message.silent() ? " (silent)" : "",
                message.text(),
                message.buttons().isEmpty() ? "" : message.buttons().encode());
    }
}
