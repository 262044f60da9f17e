package dev.plimsoll.alert;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.position.Position;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.Blindness;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.unit.AssetRegistry;
import java.time.Instant;
import java.util.List;

/** Makes observations of what a tick judged. */
public final class Observations {
    private Observations() {}

    /** Of a position, for the conditions {@code health-factor} and {@code liquidation-distance}. */
    public static Observation ofPosition(
            Rule rule,
            Position position,
            Judgement judgement,
            AssetRegistry assets,
            Instant at,
            Instant unbrokenSince) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Of an asset, for the condition {@code price}. */
    public static Observation ofPrice(Rule rule, MarketSnapshot market, Instant unbrokenSince) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Of all positions of an account (or all of one cause) that cannot be judged, for the condition {@code blind}. */
    public static Observation ofBlindness(Rule rule, List<Blindness> blind, Instant at, Instant unbrokenSince) {
        throw new UnsupportedOperationException("not written yet");
    }
}
