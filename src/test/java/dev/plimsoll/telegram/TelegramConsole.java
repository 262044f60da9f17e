package dev.plimsoll.telegram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * The server alone, and one person at the keyboard: a line is written to the bot, {@code !Label} presses that button below the
 * last message that has it. Argument: the port.
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
            Thread.ofVirtual().start(() -> print(you));
            for (var line = keyboard.readLine(); line != null; line = keyboard.readLine()) {
                type(you, line.strip());
            }
        }
    }

    private static void type(TelegramUser you, String line) {
        if (line.startsWith("!")) {
            var label = line.substring(1);
            you.sees().reversed().stream()
                    .filter(message -> message.labels().contains(label))
                    .findFirst()
                    .ifPresentOrElse(
                            message -> you.presses(message, label),
                            () -> System.out.println("there is no button " + label));
        } else if (!line.isEmpty()) {
            you.writes(line);
        }
    }

    private static void print(TelegramUser you) {
        Set<Shown> printed = new HashSet<>();
        try {
            while (true) {
                you.heard().stream().filter(printed::add).forEach(TelegramConsole::print);
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
                message.labels().isEmpty() ? "" : message.labels());
    }
}
