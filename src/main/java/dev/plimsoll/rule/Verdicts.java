package dev.plimsoll.rule;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Loan;
import dev.plimsoll.unit.AssetRegistry;
import java.util.List;

/** What every level of a rule says of its subject in one tick. */
public final class Verdicts {
    private Verdicts() {}

    public static List<Verdict> ofPosition(Rule rule, Judgement judgement, Loan loan, AssetRegistry assets) {
        throw new UnsupportedOperationException("not written yet");
    }

    public static List<Verdict> ofPrice(Rule rule, MarketSnapshot market) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** @param blind the account's positions that cannot be judged now */
    public static List<Verdict> ofBlindness(Rule rule, List<Blindness> blind, java.time.Instant at) {
        throw new UnsupportedOperationException("not written yet");
    }
}
