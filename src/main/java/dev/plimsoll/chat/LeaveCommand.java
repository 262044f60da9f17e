package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.delivery.Leaving;
import dev.plimsoll.delivery.Leaving.Leaver;
import dev.plimsoll.delivery.telegram.CallbackData;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Somebody does not want to be another's buddy any more. Only who agreed may say so, and it is asked first. */
@Singleton
class LeaveCommand implements ChatCommand {
    private static final String NOBODYS =
            "You are nobody's buddy here. /unlink ends what is told to you of your own account.";

    private final Tenant tenant;
    private final Leaving leaving;

    @Inject
    LeaveCommand(Tenant tenant, Leaving leaving) {
        this.tenant = tenant;
        this.leaving = leaving;
    }

    private record Told(ChatLink link, Leaver leaver) {}

    @Override
    public Command entry() {
        return new Command("leave", "No longer be somebody's buddy");
    }

    @Override
    public int place() {
        return 17;
    }

    @Override
    public Audience audience() {
        return Audience.ANYBODY;
    }

    @Override
    public Uni<Reply> run(Request request) {
        var theirs = request.visit().links().stream()
                .filter(link -> link.buddy() && link.isLinkedBy(request.visit().who()))
                .toList();
        return theirs.stream()
                .filter(link -> link.channel().toString().equals(request.words()))
                .findFirst()
                .map(this::leave)
                .orElseGet(() -> ask(theirs));
    }

    private Uni<Reply> ask(List<ChatLink> theirs) {
        return Multi.createFrom()
                .iterable(theirs)
                .onItem()
                .transformToUniAndConcatenate(link -> tenant.sql(link.account(), tx -> told(tx, link)))
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow)
                .collect()
                .asList()
                .map(LeaveCommand::question);
    }

    private static Reply question(List<Told> told) {
        return told.isEmpty()
                ? Reply.of(NOBODYS)
                : Reply.of(
                                "Shall you no longer be told when nobody else has acknowledged an alert? Whoever named you hears"
                                        + " of it.")
                        .with(new Keyboard(told.stream()
                                .map(LeaveCommand::button)
                                .map(List::of)
                                .toList()));
    }

    private static Button button(Told told) {
        return new Keyboard.Press(
                "Leave " + Names.shown(told.leaver().buddy().asker()),
                new CallbackData.Run("leave " + told.link().channel()));
    }

    private Uni<Reply> leave(ChatLink link) {
        return tenant.sql(
                link.account(),
                tx -> told(tx, link)
                        .chain(found -> found.map(told -> leave(tx, told))
                                .orElseGet(() -> Uni.createFrom().item(Reply.of(NOBODYS)))));
    }

    private Uni<Reply> leave(SqlConnection tx, Told told) {
        return leaving.leave(tx, told.link().channel(), told.leaver())
                .invoke(() -> Log.infof(
                        "a buddy left in a chat: account=%s channel=%s",
                        told.link().account(), told.link().channel()))
                .replaceWith(Reply.of("You have left: you are told nothing more. "
                        + told.leaver().buddy().asker() + " hears of that."));
    }

    /** Empty where they have left already. */
    private Uni<Optional<Told>> told(SqlConnection tx, ChatLink link) {
        return leaving.find(tx, link.account(), link.channel())
                .map(found -> found.filter(Leaver::stays).map(leaver -> new Told(link, leaver)));
    }
}
