package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.RichText;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** What there is to say here. */
@Singleton
class HelpCommand implements ChatCommand {
    private final Instance<Desk> desk;

    /** The desk knows this command too, so it is asked for only when it is needed. */
    @Inject
    HelpCommand(Instance<Desk> desk) {
        this.desk = desk;
    }

    @Override
    public Command entry() {
        return new Command("help", "What I can do");
    }

    @Override
    public int place() {
        return 18;
    }

    @Override
    public Audience audience() {
        return Audience.ANYBODY;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var list = desk.get().menu().stream()
                .map(command -> "/" + command.name() + " - " + command.description())
                .collect(Collectors.joining("\n"));
        var text = RichText.plain(list)
                .plus("\n\nBelow an alert you acknowledge it, snooze it, or say what you repaid. ")
                .plus(RichText.bold("Never send me a private key or a seed phrase:"))
                .plus(" nobody at Plimsoll ever asks for one.");
        return Uni.createFrom().item(Reply.of(text));
    }
}
