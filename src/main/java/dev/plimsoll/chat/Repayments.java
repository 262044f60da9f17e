package dev.plimsoll.chat;

import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.alert.Readable;
import dev.plimsoll.alert.StandingText;
import dev.plimsoll.chat.Standings.Seen;
import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.chat.Talk.Repaying;
import dev.plimsoll.delivery.telegram.Inbox;
import dev.plimsoll.position.Adjustment;
import dev.plimsoll.position.Adjustment.Adjusted;
import dev.plimsoll.position.Adjustment.Move;
import dev.plimsoll.position.Adjustment.Refused;
import dev.plimsoll.position.Position;
import dev.plimsoll.position.PositionDraft;
import dev.plimsoll.position.PositionStore;
import dev.plimsoll.risk.Margin;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.reactive.mutiny.Mutiny;

/** "I repaid": asks how much, changes the declared position by it, and answers with the new health factor. */
@Singleton
class Repayments {
    private final Tenant tenant;
    private final PositionStore positions;
    private final ConversationStore conversations;
    private final Standings standings;
    private final Inbox inbox;
    private final Clock clock;

    @Inject
    Repayments(
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

    Reply begin(Position position, Visit visit) {
        return RepaymentQuestions.of(standings.seen(position), visit.isPrivate());
    }

    /** @param words typed or pressed */
    Uni<Reply> hear(Repaying talk, Visit visit, String words) {
        if (words.strip().toLowerCase(Locale.ROOT).equals(Steps.CANCEL)) {
            return answer(Reply.of("Cancelled: the position is as it was."));
        }
        return switch (Typing.amount(words, talk.asset(), standings.assets())) {
            case Typing.Understood(var holding) -> repay(talk, visit, holding);
            case Typing.Doubtful(var small, var large) ->
                answer(Reply.of("Do you mean " + Typing.shown(small) + " or " + Typing.shown(large) + "?")
                        .with(Steps.either(talk.id(), small, large))
                        .going(talk));
            case Typing.NotUnderstood(var why) -> answer(again(talk, why));
        };
    }

    private static Reply again(Repaying talk, String why) {
        return Reply.of(why + " How much did you repay?")
                .with(List.of(Steps.cancel(talk.id())))
                .going(talk);
    }

    private Uni<Reply> repay(Repaying talk, Visit visit, Holding repaid) {
        return tenant.session(
                        talk.account(),
                        session -> conversations
                                .end(session, talk.id())
                                .chain(first -> first
                                        ? change(session, talk, repaid)
                                                .call(() -> inbox.settle(session, visit.update()))
                                        : answer(Reply.of("That was counted already: see /positions."))))
                .onFailure(Refusal.class)
                .recoverWithItem(refused -> again(talk, refused.getMessage()));
    }

    private Uni<Reply> change(Mutiny.Session session, Repaying talk, Holding repaid) {
        var at = clock.instant();
        return positions
                .change(session, talk.account(), talk.position(), now -> adjusted(now, repaid, at))
                .map(written -> written instanceof Written.Done<Position>(var position)
                        ? done(position, repaid)
                        : Reply.of("That position is no longer watched."));
    }

    private PositionDraft adjusted(Position now, Holding repaid, Instant at) {
        return switch (adjustment(now, repaid).of(now, at, standings.assets())) {
            case Adjusted(var terms) -> PositionDraft.of(now.with(terms, at));
            case Refused(var faults) -> throw new Refusal(faults.getFirst().detail());
        };
    }

    /** What is put into a margin lowers no debt, but helps alike. */
    private static Adjustment adjustment(Position now, Holding paid) {
        var moves = List.of(new Move(paid.asset(), paid.amount()));
        return now.terms() instanceof Margin
                ? new Adjustment(List.of(), List.of(), moves, List.of())
                : new Adjustment(moves, List.of(), List.of(), List.of());
    }

    private Reply done(Position position, Holding repaid) {
        var seen = standings.seen(position);
        var now = seen.health()
                .map(health -> "Health factor now " + Readable.factor(health.healthFactor()) + ". ")
                .orElse("");
        return Reply.of("Counted: " + Typing.shown(repaid) + ". " + now + standing(seen));
    }

    private static String standing(Seen seen) {
        return StandingText.brief(seen.position().name(), seen.standing()).plain();
    }

    private static Uni<Reply> answer(Reply reply) {
        return Uni.createFrom().item(reply);
    }
}
