package dev.plimsoll.chat;

import dev.plimsoll.chat.Talk.Asked;
import dev.plimsoll.chat.Talk.Watching;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Declares a position, step by step. */
@Singleton
class WatchCommand implements ChatCommand {
    private final Declaring declaring;

    @Inject
    WatchCommand(Declaring declaring) {
        this.declaring = declaring;
    }

    @Override
    public Command entry() {
        return new Command("watch", "Declare a position, step by step");
    }

    @Override
    public int place() {
        return 4;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var begun = new Watching(Ids.next(), request.account(), Asked.COLLATERAL, List.of(), List.of());
        return request.words().isEmpty()
                ? Uni.createFrom().item(declaring.question(begun, request.visit()))
                : declaring.hear(begun, request.visit(), request.words());
    }
}
