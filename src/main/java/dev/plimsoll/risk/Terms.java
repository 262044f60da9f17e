package dev.plimsoll.risk;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a position stands on: a loan, or perpetual contracts on one margin. */
public sealed interface Terms permits Loan, Margin {

    /** The word for it in the API and in the database. */
    String kind();

    /** Every asset whose price matters to it. */
    Set<Asset> assets();

    /** Whose word liquidates it; empty means the market's price. */
    default Optional<String> priceSource() {
        return Optional.empty();
    }

    /** Whether there is anything to be liquidated for. */
    boolean hasDebt();

    /**
     * @param since              the terms are what they are from here on; interest on debt counts up to the market's tick
     * @param targetHealthFactor what advice aims at
     */
    Judgement judge(Instant since, MarketSnapshot market, AssetRegistry assets, BigDecimal targetHealthFactor);
}
