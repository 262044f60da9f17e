package dev.plimsoll.chat;

import dev.plimsoll.delivery.ChannelMoves;
import dev.plimsoll.delivery.ChannelStore;
import dev.plimsoll.delivery.ChannelSwitch;
import dev.plimsoll.delivery.Kinds;
import dev.plimsoll.delivery.Receiver;
import dev.plimsoll.delivery.telegram.ChatAddress;
import dev.plimsoll.delivery.telegram.Update;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Whether we are heard in a chat: blocked or let in again, put out of a group, moved with it. */
@Singleton
class Presence {
    /** Said also where it is linked already: who let us in again may be somebody else than whoever wants alerts here. */
    private static final String HELLO =
            "Hello. To have alerts here, send /link in a private chat with me and choose this group.";

    private final ChatLinkStore links;
    private final ChannelStore channels;
    private final ChannelSwitch switches;
    private final ChannelMoves moves;
    private final Kinds kinds;
    private final Voice voice;

    @Inject
    Presence(
            ChatLinkStore links,
            ChannelStore channels,
            ChannelSwitch switches,
            ChannelMoves moves,
            Kinds kinds,
            Voice voice) {
        this.links = links;
        this.channels = channels;
        this.switches = switches;
        this.moves = moves;
        this.kinds = kinds;
        this.voice = voice;
    }

    Uni<Void> changed(Visit visit, Update.Membership membership) {
        if (membership.inside()) {
            var theirs = visit.own().stream().filter(visit::owns).toList();
            return each(theirs, link -> switches.on(link.account(), link.channel()))
                    .chain(() -> membership.before() || visit.isPrivate() || !theirs.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : voice.say(visit.place(), Reply.of(HELLO)));
        }
        var why = visit.isPrivate() ? "the bot was blocked" : "the bot was put out of the group";
        return each(visit.links(), link -> switches.off(link.account(), link.channel(), why));
    }

    /** A group that became a supergroup. */
    Uni<Void> moved(Update.Moved moved) {
        return links.move(moved.place().chat(), moved.to()).chain(there -> each(there, link -> move(link, moved.to())));
    }

    private Uni<Void> move(ChatLink link, long to) {
        return channels.receiver(link.account(), link.channel())
                .chain(found -> found.filter(receiver -> !isThere(receiver, to))
                        .map(receiver -> moves.move(
                                receiver, kinds.of(receiver.kind()), ChatAddress.movedTo(receiver.settings(), to)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** A message that was sent meanwhile has learnt it too. */
    private static boolean isThere(Receiver receiver, long chat) {
        return ChatAddress.of(receiver.settings())
                .filter(address -> address.chat() == chat)
                .isPresent();
    }

    private static Uni<Void> each(List<ChatLink> links, Function<ChatLink, Uni<?>> work) {
        return Multi.createFrom()
                .iterable(links)
                .onItem()
                .transformToUniAndConcatenate(link -> work.apply(link).replaceWithVoid())
                .toUni();
    }
}
