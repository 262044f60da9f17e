package dev.plimsoll.risk;

import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What to do to be safe again.
 *
 * @param options each of them alone reaches the target; empty when it is reached already, or when no single one can
 */
public record Advice(BigDecimal targetHealthFactor, List<Option> options, Loss ifNothing) {
    public Advice {
        options = List.copyOf(options);
    }

    /** One way to reach the target, in whole tokens rounded up to the token's decimals. */
    public sealed interface Option {
        Asset asset();

        BigDecimal amount();

        /** At the dangerous end of the prices; never below the target. */
        HealthFactor healthFactorAfter();

        record Repay(Asset asset, BigDecimal amount, HealthFactor healthFactorAfter) implements Option {}

        record Add(Asset asset, BigDecimal amount, HealthFactor healthFactorAfter) implements Option {}

        /** @param amount US dollars, rounded up to cents */
        record AddMargin(Asset asset, BigDecimal amount, HealthFactor healthFactorAfter) implements Option {}

        /** Closes so much of a leg. */
        record Reduce(Asset asset, Margin.Side side, BigDecimal amount, HealthFactor healthFactorAfter)
                implements Option {}
    }

    /**
     * What one liquidation costs the borrower: the liquidator's bonus on the debt it may close, in US dollars.
     *
     * @param bonus       the highest of the collaterals': 0.05 is 5 %
     * @param assumed     some collateral does not say its bonus, so {@link #ASSUMED_BONUS} stands for it
     * @param closeFactor the part of the debt that it may close; empty means all of it
     */
    public record Loss(BigDecimal usd, BigDecimal bonus, boolean assumed, Optional<BigDecimal> closeFactor) {

        /** Of the whole debt. */
        Loss(BigDecimal usd, BigDecimal bonus, boolean assumed) {
            this(usd, bonus, assumed, Optional.empty());
        }

        /** 10 %: the upper end of what lending protocols usually take, for a loan that does not say. */
        public static final BigDecimal ASSUMED_BONUS = new BigDecimal("0.10");
    }
}
