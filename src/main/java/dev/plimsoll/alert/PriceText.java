package dev.plimsoll.alert;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.rule.Level;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.Optional;

/** How far one asset's price can be trusted, in a sentence. */
final class PriceText {
    private PriceText() {}

    /** Empty when several families agree: then there is nothing to remark. */
    static Optional<String> remark(Consensus consensus) {
        return switch (consensus) {
            case Consensus.Agreed agreed ->
                agreed.families() == 1
                        ? Optional.of("The price of " + agreed.asset() + " comes from a single source.")
                        : Optional.empty();
            case Consensus.Diverged diverged ->
                Optional.of("Sources disagree on %s: %s to %s USD%s; the worse is assumed."
                        .formatted(
                                diverged.asset(),
                                Readable.price(diverged.range().low()),
                                diverged.range().high().map(Readable::price).orElse("anything"),
                                diverged.families() == 1 ? ", from a single family" : ""));
            case Consensus.NoQuorum none ->
                Optional.of("No believable price of %s: %s.".formatted(none.asset(), none.why()));
        };
    }

    /** {@code 2,981.11 USD}, or both ends where sources disagree. */
    static String price(Consensus consensus) {
        return price(consensus.range());
    }

    /** The same of any range. */
    static String price(PriceRange range) {
        var low = range.low();
        var high = range.high();
        return high.filter(h -> h.compareTo(low) == 0).isPresent()
                ? usd(low)
                : usd(low) + " to " + high.map(PriceText::usd).orElse("anything");
    }

    /** {@code , below 3,000 USD} */
    static String limit(Level.Limit limit) {
        return switch (limit) {
            case Level.Limit.Below(var value) -> ", below " + usdAsWritten(value);
            case Level.Limit.Above(var value) -> ", above " + usdAsWritten(value);
            case Level.Limit.Percent ignored -> "";
            case Level.Limit.Moved ignored -> "";
            case Level.Limit.Bps ignored -> "";
            case Level.Limit.After ignored -> "";
            case Level.Limit.Within ignored -> "";
            case Level.Limit.Auto ignored -> "";
        };
    }

    private static String usdAsWritten(BigDecimal value) {
        return Readable.plain(value) + " USD";
    }

    static String usd(BigDecimal price) {
        return Readable.price(price) + " USD";
    }
}
