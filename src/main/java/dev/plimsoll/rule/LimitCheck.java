package dev.plimsoll.rule;

import dev.plimsoll.rule.Level.Limit;
import dev.plimsoll.rule.RuleCheck.Fault;
import java.math.BigDecimal;
import java.util.Optional;

/** Whether a number can be what its owner means: a percentage written where a plain ratio is asked would always fire, or never. */
final class LimitCheck {
    private static final Ceiling HEALTH_FACTOR =
            new Ceiling("100", "a health factor is a plain ratio, 1 at liquidation: write 1.30");
    private static final Ceiling LOAN_TO_VALUE = new Ceiling(
            "1",
            "a loan-to-value is a plain ratio below 1, where nothing is left of the collateral: write 0.75 for 75 %");
    private static final Ceiling COLLATERAL_RATIO =
            new Ceiling("50", "a collateral ratio is a plain ratio: write 1.5 for 150 %");
    private static final Ceiling PROBABILITY =
            new Ceiling("1", "a probability lies between 0 and 1: write 0.05 for 5 %");
    private static final Ceiling DISTANCE =
            new Ceiling("100", "no falling price is farther than 100 % away from anything; it must be below 100");
    private static final Ceiling FALL = new Ceiling("100", "a fall by 100 % never happens; it must be below 100");

    private LimitCheck() {}

    /** @param exclusive no number that makes sense is as high as this */
    private record Ceiling(BigDecimal exclusive, String why) {
        Ceiling(String exclusive, String why) {
            this(new BigDecimal(exclusive), why);
        }
    }

    static Optional<Fault> limit(Condition condition, Level level, String pointer) {
        return ceiling(condition)
                .filter(ceiling -> number(level.limit())
                        .filter(number -> number.compareTo(ceiling.exclusive()) >= 0)
                        .isPresent())
                .map(ceiling -> new Fault(
                        "Rule refused: it fires %s; %s.".formatted(LevelCheck.words(level.limit()), ceiling.why()),
                        pointer + "/" + LevelJson.field(condition, level.limit())));
    }

    /** Where it clears must be reached some day. */
    static Optional<Fault> clear(Condition condition, Level level, String pointer) {
        var field = pointer + "/" + LevelJson.clearField(condition, level.limit());
        return level.clear()
                .flatMap(clear -> {
                    if (clear.signum() <= 0) {
                        return Optional.of("above zero");
                    }
                    return ceiling(condition)
                            .filter(ceiling -> clear.compareTo(ceiling.exclusive()) >= 0)
                            .map(ceiling -> "below " + ceiling.exclusive().toPlainString());
                })
                .map(where -> new Fault(
                        "Rule refused: it clears at %s, which is never reached; the clearing level must be %s."
                                .formatted(level.clear().orElseThrow().toPlainString(), where),
                        field));
    }

    private static Optional<Ceiling> ceiling(Condition condition) {
        return switch (condition) {
            case Condition.HealthFactor ignored -> Optional.of(HEALTH_FACTOR);
            case Condition.LoanToValue ignored -> Optional.of(LOAN_TO_VALUE);
            case Condition.CollateralRatio ignored -> Optional.of(COLLATERAL_RATIO);
            case Condition.LiquidationDistance(var asset) -> asset.isEmpty() ? Optional.of(DISTANCE) : Optional.empty();
            case Condition.HealthDrop ignored -> Optional.of(FALL);
            case Condition.LiquidationProbability ignored -> Optional.of(PROBABILITY);
            case Condition.PriceChange change ->
                change.direction() == Condition.Direction.DOWN ? Optional.of(FALL) : Optional.empty();
            case Condition.TimeToLiquidation ignored -> Optional.empty();
            case Condition.OracleGap ignored -> Optional.empty();
            case Condition.FeedSkew ignored -> Optional.empty();
            case Condition.AssetPrice ignored -> Optional.empty();
            case Condition.PriceDivergence ignored -> Optional.empty();
            case Condition.PriceStale ignored -> Optional.empty();
            case Condition.Depeg ignored -> Optional.empty();
            case Condition.Blind ignored -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(Limit limit) {
        return switch (limit) {
            case Limit.Below(var value) -> Optional.of(value);
            case Limit.Above(var value) -> Optional.of(value);
            case Limit.Percent(var value) -> Optional.of(value);
            case Limit.Moved(var percent) -> Optional.of(percent);
            case Limit.Bps(var value) -> Optional.of(value);
            case Limit.After ignored -> Optional.empty();
            case Limit.Within ignored -> Optional.empty();
            case Limit.Auto ignored -> Optional.empty();
        };
    }
}
