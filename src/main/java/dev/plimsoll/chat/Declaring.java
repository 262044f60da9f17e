package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.alert.StandingText;
import dev.plimsoll.chat.Talk.Asked;
import dev.plimsoll.chat.Talk.Held;
import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.chat.Talk.Watching;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.position.PositionStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** How somebody declares a position in a conversation: what secures it, at which threshold, what is owed. */
@Singleton
class Declaring {
    private final Tenant tenant;
    private final PositionStore positions;
    private final ConversationStore conversations;
    private final Standings standings;
    private final Inbox inbox;
    private final Clock clock;

    @Inject
    Declaring(
            Tenant tenant,
            PositionStore positions,
            ConversationStore conversations,
            Standings standings,
            Inbox inbox,
            Clock clock) {
        this.tenant = tenant;
        this.positions = positions;
        this.conversations = conversations;
        this.standings = standings;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** What is asked where the conversation is now. */
    Reply question(Watching talk, Visit visit) {
        var reply = talk.asked() == Asked.CONFIRMATION
                ? Reply.of(Questions.summary(talk, standings.seen(draft(talk).unstored())))
                : Reply.of(Questions.text(talk, visit.isPrivate()));
        return reply.with(Questions.keyboard(talk)).going(talk);
    }

    /** @param words typed or pressed */
    Uni<Reply> hear(Watching talk, Visit visit, String words) {
        return switch (words.strip().toLowerCase(Locale.ROOT)) {
            case Steps.CANCEL -> answer(Reply.of("Cancelled: nothing is watched that was not before."));
            case Questions.YES ->
                talk.asked() == Asked.CONFIRMATION ? make(talk, visit) : answer(question(talk, visit));
            case Questions.MORE -> answer(question(talk.asking(Asked.COLLATERAL), visit));
            case Questions.ANOTHER -> answer(question(talk.asking(Asked.DEBT), visit));
            case Questions.NOTHING -> answer(question(talk.isWhole() ? talk.asking(Asked.CONFIRMATION) : talk, visit));
            default -> answer(read(talk, visit, words));
        };
    }

    private Reply read(Watching talk, Visit visit, String words) {
        return switch (talk.asked()) {
            case COLLATERAL -> amount(talk, visit, words, more -> talk.holding(new Held(more, Optional.empty())));
            case THRESHOLD ->
                Typing.threshold(words)
                        .map(threshold -> question(talk.at(threshold), visit))
                        .orElseGet(() -> again(talk, visit, "That is no threshold."));
            case DEBT -> amount(talk, visit, words, talk::owing);
            case CONFIRMATION -> question(talk, visit);
        };
    }

    private interface Next {
        Watching with(Holding holding);
    }

    private Reply amount(Watching talk, Visit visit, String words, Next next) {
        if (Questions.isAddress(words)) {
            return again(talk, visit, "I cannot read positions from an address yet: tell me the amounts.");
        }
        return switch (Typing.amount(words, Optional.empty(), standings.assets())) {
            case Typing.Understood(var holding) -> grown(talk, next.with(holding), visit);
            case Typing.Doubtful(var small, var large) ->
                Reply.of("Do you mean " + Typing.shown(small) + " or " + Typing.shown(large) + "?")
                        .with(Steps.either(talk.id(), small, large))
                        .going(talk);
            case Typing.NotUnderstood(var why) -> several(talk, visit, words, why);
        };
    }

    /** More than one amount in a line. @param why it is not understood as one */
    private Reply several(Watching talk, Visit visit, String words, String why) {
        return TypedLegs.read(words, standings.assets())
                .map(read -> switch (read) {
                    case TypedLegs.Legs(var collateral, var debt)
                    when talk.asked() == Asked.COLLATERAL -> grown(talk, talk.with(collateral, debt), visit);
                    case TypedLegs.Legs(var owed, var ignored) ->
                        grown(
                                talk,
                                talk.with(
                                        List.of(),
                                        owed.stream().map(Held::holding).toList()),
                                visit);
                    case TypedLegs.NotUnderstood(var what) -> again(talk, visit, what);
                })
                .orElseGet(() -> again(talk, visit, why));
    }

    private Reply grown(Watching before, Watching after, Visit visit) {
        return after.isTooLarge()
                ? again(before, visit, "A position has at most " + Watching.MOST_LEGS + " parts on each side.")
                : question(after, visit);
    }

    private Reply again(Watching talk, Visit visit, String why) {
        return Reply.of(why + "\n\n" + Questions.text(talk, visit.isPrivate()))
                .with(Questions.keyboard(talk))
                .going(talk);
    }

    private Uni<Reply> make(Watching talk, Visit visit) {
        return tenant.session(
                talk.account(),
                session -> conversations
                        .end(session, talk.id())
                        .chain(first -> first
                                ? add(session, talk).call(() -> inbox.settle(session, visit.update()))
                                : answer(Reply.of("That position is watched already: see /positions."))));
    }

    private Uni<Reply> add(Mutiny.Session session, Watching talk) {
        return positions.add(session, talk.account(), draft(talk)).map(written -> switch (written) {
            case Written.Done<Position>(var position) -> watched(position);
            case Written.QuotaReached<Position>(var limit) ->
                Reply.of("You watch %d positions, as many as an account may have.".formatted(limit));
            case Written.KeyTaken<Position> ignored -> throw new IllegalStateException("it has no key");
            case Written.Missing<Position> ignored -> throw new IllegalStateException("it is being made");
        });
    }

    private Reply watched(Position position) {
        var seen = standings.seen(position);
        return Reply.of("I watch it from now on. "
                + StandingText.brief(position.name(), seen.standing()).plain()
                + "\n\nYou hear from me as your /rules say. Tell me when you repay: below an alert press “I repaid”.");
    }

    private PositionDraft draft(Watching talk) {
        return new PositionDraft(
                Optional.empty(), name(talk), Map.of(), talk.loan(), Optional.empty(), clock.instant());
    }

    /** {@code ETH and WBTC loan}. */
    private static String name(Watching talk) {
        return talk.collateral().stream()
                        .limit(2)
                        .map(held -> held.holding().asset().symbol())
                        .collect(Collectors.joining(" and "))
                + " loan";
    }

    private static Uni<Reply> answer(Reply reply) {
        return Uni.createFrom().item(reply);
    }
}
