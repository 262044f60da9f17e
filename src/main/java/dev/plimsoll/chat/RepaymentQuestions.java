package dev.plimsoll.chat;

import dev.plimsoll.chat.Standings.Seen;
import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.chat.Talk.Repaying;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.risk.Advice;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.risk.Margin;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Ids;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** How much was repaid, or put into a margin? The advised amounts can be pressed. */
final class RepaymentQuestions {
    private static final int MOST_ADVISED = 4;

    private RepaymentQuestions() {}

    static Reply of(Seen seen, boolean isPrivate) {
        var position = seen.position();
        var owed = owed(seen);
        if (owed.isEmpty()) {
            return Reply.of(position.name() + " owes nothing.");
        }
        var id = Ids.next();
        var usual = owed.size() == 1 ? Optional.of(owed.getFirst()) : Optional.<Asset>empty();
        var advised = advised(seen);
        return Reply.of(question(seen, advised, isPrivate))
                .with(keyboard(id, advised))
                .going(new Repaying(id, position.account(), position.id(), usual));
    }

    private static List<Asset> owed(Seen seen) {
        return switch (seen.position().terms()) {
            case Loan loan -> loan.debt().stream().map(Loan.Debt::asset).toList();
            case Margin ignored -> List.of(Margin.CURRENCY);
        };
    }

    private static List<Holding> advised(Seen seen) {
        return seen.health().map(Health::advice).stream()
                .flatMap(advice -> advice.options().stream())
                .flatMap(RepaymentQuestions::payment)
                .limit(MOST_ADVISED)
                .toList();
    }

    private static Stream<Holding> payment(Advice.Option option) {
        return switch (option) {
            case Advice.Option.Repay(var asset, var amount, var after) -> Stream.of(new Holding(asset, amount));
            case Advice.Option.AddMargin(var asset, var amount, var after) -> Stream.of(new Holding(asset, amount));
            case Advice.Option.Add ignored -> Stream.empty();
            case Advice.Option.Reduce ignored -> Stream.empty();
        };
    }

    private static String question(Seen seen, List<Holding> advised, boolean isPrivate) {
        var does = seen.position().terms() instanceof Margin ? "add to the margin of " : "repay on ";
        var how = advised.isEmpty()
                ? " Send an amount and an asset, such as 1,500 USDC."
                : " Advised: " + Typing.shown(advised.getFirst()) + ". Press it, or send what it was.";
        return "How much did you " + does + seen.position().name() + "?" + how
                + (isPrivate ? "" : " Answer as a reply to this message.");
    }

    private static Keyboard keyboard(UUID id, List<Holding> advised) {
        var rows = advised.stream()
                .map(holding -> List.<Button>of(Steps.amount(id, holding)))
                .toList();
        return new Keyboard(Stream.concat(rows.stream(), Stream.of(List.of(Steps.cancel(id))))
                .toList());
    }
}
