package dev.plimsoll.chat;

import dev.plimsoll.delivery.telegram.Update.Typed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Goes on with a conversation where it is. Only for whoever owns the account it is about. */
@Singleton
class Conversations {
    private final ConversationStore store;
    private final Declaring declaring;
    private final Repayments repayments;

    @Inject
    Conversations(ConversationStore store, Declaring declaring, Repayments repayments) {
        this.store = store;
        this.declaring = declaring;
        this.repayments = repayments;
    }

    /** What was typed; empty where nothing was asked of them, or they talk to others of the group. */
    Uni<Optional<Reply>> hear(Visit visit, String words) {
        var toUs = visit.isPrivate()
                || visit.update() instanceof Typed typed && typed.replyTo().isPresent();
        return toUs
                ? store.find(visit.who())
                        .chain(talk -> talk.map(it -> go(visit, it, words))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty())))
                : Uni.createFrom().item(Optional.empty());
    }

    /** What was pressed; empty where that conversation is over. */
    Uni<Optional<Reply>> press(Visit visit, UUID conversation, String words) {
        return store.find(visit.who())
                .map(talk -> talk.filter(it -> it.id().equals(conversation)))
                .chain(talk -> talk.map(it -> go(visit, it, words))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /** Where a command begins one. */
    Uni<Void> keep(Visit visit, Reply reply) {
        return reply.talk()
                .map(talk -> store.put(visit.who(), talk))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Optional<Reply>> go(Visit visit, Talk talk, String words) {
        var mine = visit.links().stream()
                .filter(link -> link.account().equals(talk.account()) && visit.owns(link))
                .findFirst();
        var refusal = mine.map(ChatLink::refusal).orElse(Optional.of("That account is no longer linked here."));
        var said = refusal.map(why -> Uni.createFrom().item(Reply.of(why))).orElseGet(() -> answer(visit, talk, words));
        return said.call(reply ->
                        reply.talk().map(on -> store.put(visit.who(), on)).orElseGet(() -> store.end(visit.who())))
                .map(Optional::of);
    }

    private Uni<Reply> answer(Visit visit, Talk talk, String words) {
        return switch (talk) {
            case Talk.Watching watching -> declaring.hear(watching, visit, words);
            case Talk.Repaying repaying -> repayments.hear(repaying, visit, words);
        };
    }
}
