package dev.plimsoll.alert;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.Asset;
import java.util.List;

/** The text of a notice: what, how far, at what price, what to do, and what it costs to do nothing. */
public final class Message {
    private Message() {}

    public static String ofPosition(
            Transition transition, AlertState state, Rule rule, Position position, Judgement judgement) {
        throw new UnsupportedOperationException("not written yet");
    }

    public static String ofPrice(
            Transition transition, AlertState state, Rule rule, Asset asset, MarketSnapshot market) {
        throw new UnsupportedOperationException("not written yet");
    }

    public static String ofBlindness(Transition transition, AlertState state, Rule rule, List<Blindness> blind) {
        throw new UnsupportedOperationException("not written yet");
    }
}
