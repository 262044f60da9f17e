package dev.plimsoll.rule;

import dev.plimsoll.risk.HealthFactor;
import dev.plimsoll.risk.HealthRange;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.risk.Standing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * How far apart the two health factors of a position are: the protocol's from the market's, in basis points of the
 * market's. A loan with one collateral and a stable debt is as far apart as the prices of its collateral are.
 */
public final class OracleGaps {
    private static final Reading NONE = new Reading.Measured(BigDecimal.ZERO, Optional.of(BigDecimal.ZERO));

    private static final Reading ONE_PRICE =
            new Reading.Inapplicable("the market's price is what this position is liquidated on");

    private OracleGaps() {}

    /** Nothing to measure where the market's price is the protocol's, zero where nothing is owed; unreadable while either is unknown. */
    static Reading read(Standing standing) {
        if (standing.isOne()) {
            return ONE_PRICE;
        }
        return switch (standing.protocol()) {
            case Judgement.Unknown(var why, var ignored) -> new Reading.Unreadable(why);
            case Judgement.NoDebt ignored -> NONE;
            case Judgement.Judged(var protocol) -> read(protocol.range(), standing.market());
        };
    }

    private static Reading read(HealthRange protocol, Judgement market) {
        return switch (market) {
            case Judgement.Unknown(var why, var ignored) -> new Reading.Unreadable(why);
            case Judgement.NoDebt ignored -> NONE;
            case Judgement.Judged(var health) -> between(protocol, health.range());
        };
    }

    /** From the nearest to the farthest that both may be; nothing where they may be the same. */
    static Reading between(HealthRange protocol, HealthRange market) {
        var above = apart(protocol.low(), market.high());
        var below = apart(protocol.high(), market.low()).map(BigDecimal::negate);
        var least =
                above.orElse(BigDecimal.ZERO).max(below.orElse(BigDecimal.ZERO)).max(BigDecimal.ZERO);
        var most = apart(protocol.high(), market.low())
                .flatMap(up -> apart(protocol.low(), market.high()).map(down -> up.max(down.negate())));
        return new Reading.Measured(least, most);
    }

    /** By how much it is above the market's, in basis points of that, negative below; empty where that is no number. */
    private static Optional<BigDecimal> apart(HealthFactor protocol, HealthFactor market) {
        return protocol.value()
                .flatMap(p -> market.value()
                        .filter(m -> m.signum() > 0)
                        .map(m -> p.subtract(m).movePointRight(4).divide(m, MathContext.DECIMAL64)));
    }
}
