package dev.plimsoll.chat;

import dev.plimsoll.account.Account;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.chat.ChatCommand.Audience;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.unit.Nearest;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where commands are brought to: finds the command and the account it is for, and asks where there are several. */
@Singleton
class Desk {
    private static final int TAG = 8;
    private static final int MOST_BYTES = CallbackData.MAX_BYTES - 1;

    private final Map<String, ChatCommand> commands;
    private final AccountStore accounts;

    @Inject
    Desk(@All List<ChatCommand> commands, AccountStore accounts) {
        this.commands = commands.stream()
                .collect(Collectors.toUnmodifiableMap(command -> command.entry().name(), Function.identity()));
        this.accounts = accounts;
    }

    /** In the order of the menu. */
    List<Command> menu() {
        return commands.values().stream()
                .sorted(Comparator.comparingInt(ChatCommand::place))
                .map(ChatCommand::entry)
                .toList();
    }

    /** Whether there is such a command. */
    boolean knows(String name) {
        return commands.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /** @param line without the slash: {@code simulate eth -20%}; after a choice with the account's tag before it */
    Uni<Reply> run(Visit visit, String line) {
        var parts = line.strip().split("\\s+", 2);
        if (parts[0].startsWith("@")) {
            var tag = parts[0].substring(1);
            var chosen =
                    visit.own().stream().filter(link -> tag(link).equals(tag)).findFirst();
            return chosen.map(link -> run(visit, List.of(link), parts.length > 1 ? parts[1] : ""))
                    .orElseGet(() -> answer("That account is no longer linked here."));
        }
        return run(visit, visit.own(), line);
    }

    private Uni<Reply> run(Visit visit, List<ChatLink> links, String line) {
        var parts = line.strip().split("\\s+", 2);
        var name = parts[0].toLowerCase(Locale.ROOT);
        var words = parts.length > 1 ? parts[1].strip() : "";
        return Optional.ofNullable(commands.get(name))
                .map(command -> run(visit, links, command, words))
                .orElseGet(() -> answer(unknown(name)));
    }

    private Uni<Reply> run(Visit visit, List<ChatLink> links, ChatCommand command, String words) {
        var audience = command.audience(words);
        if (audience == Audience.ANYBODY) {
            return command.run(new Request(visit, links.stream().findFirst(), words));
        }
        if (links.isEmpty() && visit.isBuddys()) {
            return answer(
                    "You are told here as the buddy of somebody, and may acknowledge what you are told. To be told no"
                            + " more, send /leave. /start makes an account of your own.");
        }
        if (links.isEmpty()) {
            return answer("This chat is linked to no account yet. Send /start, and I help you on.");
        }
        if (audience == Audience.OWNER_ALONE && !visit.isPrivate()) {
            return answer("Not where others read it: send /" + command.entry().name() + " in a private chat with me.");
        }
        var mine = audience == Audience.READERS
                ? links
                : links.stream().filter(visit::owns).toList();
        return mine.isEmpty()
                ? answer("Only who linked this chat may do that. You may acknowledge and snooze alerts.")
                : runFor(mine, visit, command, words);
    }

    /** A suspended account is none to choose; where there is no other, why is said. */
    private Uni<Reply> runFor(List<ChatLink> mine, Visit visit, ChatCommand command, String words) {
        var open = mine.stream().filter(link -> link.refusal().isEmpty()).toList();
        return switch (open.size()) {
            case 0 -> answer(mine.getFirst().refusal().orElseThrow());
            case 1 -> command.run(new Request(visit, Optional.of(open.getFirst()), words));
            default -> choice(open, command, words);
        };
    }

    private Uni<Reply> choice(List<ChatLink> links, ChatCommand command, String words) {
        var line = (command.entry().name() + " " + words).strip();
        return Multi.createFrom()
                .iterable(links)
                .onItem()
                .transformToUniAndConcatenate(
                        link -> accounts.find(link.account()).map(account -> button(link, account, line)))
                .collect()
                .asList()
                .map(buttons -> Reply.of("For which account?")
                        .with(new Keyboard(
                                buttons.stream().map(List::<Button>of).toList())));
    }

    private static Button button(ChatLink link, Optional<Account> account, String line) {
        var whole = "@" + tag(link) + " " + line;
        var fits = whole.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
        var said = fits ? whole : whole.split(" ")[0] + " " + line.split(" ")[0];
        return new Keyboard.Press(account.map(Account::name).orElse("?"), new CallbackData.Run(said));
    }

    /** Enough of its channel's id to tell the few of a chat apart. */
    private static String tag(ChatLink link) {
        var id = link.channel().toString();
        return id.substring(id.length() - TAG);
    }

    private String unknown(String name) {
        return Nearest.to(name, List.copyOf(commands.keySet()))
                .map(near -> "I do not know that command. Did you mean /" + near + "?")
                .orElse("I do not know that command. /help lists those I know.");
    }

    private static Uni<Reply> answer(String text) {
        return Uni.createFrom().item(Reply.of(text));
    }
}
