package dev.plimsoll.chat;

import dev.plimsoll.alert.StandingText;
import dev.plimsoll.chat.Standings.Seen;
import dev.plimsoll.chat.Talk.Asked;
import dev.plimsoll.chat.Talk.Watching;
import dev.plimsoll.delivery.telegram.Keyboard;
import dev.plimsoll.delivery.telegram.Keyboard.Button;
import dev.plimsoll.delivery.telegram.RichText;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.unit.Decimals;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked of somebody who declares a position, and the answers that can be pressed. */
final class Questions {
    static final String MORE = "more collateral";
    static final String NOTHING = "nothing";
    static final String YES = "watch it";
    static final String ANOTHER = "more debt";

    private Questions() {}

    /** @param isPrivate where others talk too, only what answers the bot is heard */
    static String text(Watching talk, boolean isPrivate) {
        var question = switch (talk.asked()) {
            case COLLATERAL -> "What secures the loan? Send an amount and an asset, such as 10 ETH.";
            case THRESHOLD ->
                "At which share of its value is "
                        + talk.unknown().orElseThrow().holding().asset()
                        + " liquidated? The lending protocol calls it the liquidation threshold. Send it as 82.5 %, or the"
                        + " least collateral ratio as 150 %.";
            case DEBT -> "What do you owe against it? Send an amount and an asset, such as 12k USDC.";
            case CONFIRMATION -> "Shall I watch it?";
        };
        return isPrivate || talk.asked() == Asked.CONFIRMATION
                ? question
                : question + " Answer as a reply to this message.";
    }

    static Keyboard keyboard(Watching talk) {
        var cancel = Steps.cancel(talk.id());
        return switch (talk.asked()) {
            case COLLATERAL -> Keyboard.row(cancel);
            case THRESHOLD -> Keyboard.of(thresholds(talk), List.of(cancel));
            case DEBT ->
                Keyboard.of(
                        List.of(button(talk, "More collateral", MORE), button(talk, "Nothing", NOTHING)),
                        List.of(cancel));
            case CONFIRMATION ->
                Keyboard.of(
                        List.of(button(talk, "Watch it", YES)),
                        List.of(button(talk, "More collateral", MORE), button(talk, "More debt", ANOTHER)),
                        List.of(cancel));
        };
    }

    private static List<Button> thresholds(Watching talk) {
        return Stream.of("75 %", "80 %", "82.5 %", "85 %")
                .map(percent -> button(talk, percent, percent))
                .toList();
    }

    private static Button button(Watching talk, String label, String said) {
        return Steps.button(talk.id(), label, said);
    }

    /** The whole position, and how it would stand. */
    static RichText summary(Watching talk, Seen seen) {
        var held = talk.collateral().stream()
                .map(one -> Typing.shown(one.holding())
                        + one.threshold().map(Questions::threshold).orElse(""))
                .collect(Collectors.joining(", "));
        var owed = talk.debt().stream().map(Typing::shown).collect(Collectors.joining(", "));
        return RichText.bold(held)
                .plus(owed.isEmpty() ? "\nwithout debt" : "\nagainst a debt of ")
                .plus(RichText.bold(owed))
                .plus("\n\n"
                        + StandingText.brief(seen.position().name(), seen.standing())
                                .plain() + "\n\nShall I watch it?");
    }

    private static String threshold(LiquidationThreshold threshold) {
        var percent = Decimals.plain(threshold.given().movePointRight(2)) + " %";
        return switch (threshold.notation()) {
            case LIQUIDATION_THRESHOLD -> " (liquidation threshold " + percent + ")";
            case LIQUIDATION_RATIO -> " (at least " + percent + ")";
            case MAINTENANCE_MARGIN -> " (maintenance margin " + percent + ")";
        };
    }

    /** Of a wallet; nothing is read from the chains yet. */
    static boolean isAddress(String words) {
        return words.strip().matches("0x[0-9a-fA-F]{40}");
    }
}
