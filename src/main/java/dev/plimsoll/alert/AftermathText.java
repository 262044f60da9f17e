package dev.plimsoll.alert;

import dev.plimsoll.risk.Advice;
import dev.plimsoll.risk.Health;
import java.math.BigDecimal;
import java.util.Optional;

/** What a liquidation would cost, and what would come of it, in sentences. */
final class AftermathText {
    private AftermathText() {}

    /** Where its collateral does not pay for all of it any more, that is said too. */
    static String of(Health health) {
        return health.aftermath().spiralsAt(health.healthFactor())
                ? loss(health) + " " + shortfall(health)
                : loss(health);
    }

    private static String loss(Health health) {
        var loss = health.lossAtLiquidation();
        if (health.margin().isPresent()) {
            return "Liquidation would take what is left of the margin then, up to about %s USD."
                    .formatted(Readable.loss(loss.usd()));
        }
        return "Liquidation would cost about %s USD (%sa bonus of %s %% on %s)."
                .formatted(
                        Readable.loss(loss.usd()),
                        loss.assumed() ? "assuming " : "",
                        Readable.ratioAsPercent(loss.bonus()),
                        closed(loss));
    }

    private static String closed(Advice.Loss loss) {
        return part(loss)
                .map(part -> Readable.ratioAsPercent(part) + " % of the debt")
                .orElse("the whole debt");
    }

    private static Optional<BigDecimal> part(Advice.Loss loss) {
        return loss.closeFactor().filter(part -> part.compareTo(BigDecimal.ONE) < 0);
    }

    private static String shortfall(Health health) {
        var worse = part(health.lossAtLiquidation()).isPresent()
                ? "each liquidation would leave it worse off than before, and bad debt at the end."
                : "liquidation would leave bad debt.";
        return "Its collateral does not pay for its debt and the bonus any more: " + worse;
    }
}
