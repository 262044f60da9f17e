package dev.plimsoll.alert;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;

/** Which of its two prices a sentence about a position goes by. */
final class BasisText {
    private BasisText() {}

    /** {@code the price of kraken} */
    static String price(Standing standing) {
        return standing.priceSource().map(source -> "the price of " + source).orElse("the protocol's price");
    }

    /** Whether this health is on the market's price, and something else liquidates the position. */
    static boolean isEarlyWarning(Standing standing, Health health) {
        return !standing.isOne() && standing.market() instanceof Judgement.Judged(var market) && market == health;
    }

    /** {@code  on the market price} after a figure, where that is not what liquidates the position. */
    static String after(Standing standing, Health health) {
        return isEarlyWarning(standing, health) ? " on the market price" : "";
    }

    /** {@code it is liquidated on the price of kraken, where it is at health factor 1.60} */
    static String decisive(Standing standing) {
        return switch (standing.protocol()) {
            case Judgement.Judged(var health) ->
                "it is liquidated on %s, where it is at health factor %s"
                        .formatted(price(standing), Readable.factor(health.healthFactor()));
            case Judgement.NoDebt ignored -> "it owes nothing";
            case Judgement.Unknown ignored ->
                "it is liquidated on %s, which is not known now".formatted(price(standing));
        };
    }
}
