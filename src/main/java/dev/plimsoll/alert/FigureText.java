package dev.plimsoll.alert;

import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Peak;
import dev.plimsoll.risk.Standing;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.rule.Reading;
import dev.plimsoll.rule.Readings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** How a position stands by the figure that its rule asks for, as the rest of a sentence that begins with its name. */
final class FigureText {
    private final Condition condition;
    private final Standing standing;
    private final Health health;

    /** @param health the one of both in {@code standing} that the condition asks about */
    FigureText(Condition condition, Standing standing, Health health) {
        this.condition = condition;
        this.standing = standing;
        this.health = health;
    }

    /** {@code is at a loan-to-value of 67.1 %, at health factor 1.22} */
    String standing() {
        return switch (condition) {
            case Condition.LoanToValue ignored -> with("is at a loan-to-value of %s %%", percentUp());
            case Condition.CollateralRatio ignored -> with("is at a collateral ratio of %s %%", percentDown());
            case Condition.HealthDrop(var within) -> drop(within);
            case Condition.TimeToLiquidation ignored -> with("is %s from liquidation by interest alone", time());
            case Condition.LiquidationProbability(var within) ->
                with("is at a %s %% chance of touching liquidation within " + Readable.duration(within), percentUp());
            case Condition.HealthFactor ignored -> plain();
            case Condition.LiquidationDistance ignored -> plain();
            case Condition.OracleGap ignored -> plain();
            case Condition.FeedSkew ignored -> plain();
            case Condition.OnAsset ignored -> throw new IllegalArgumentException("a price is not a position's");
            case Condition.Blind ignored -> throw new IllegalArgumentException("blindness is an account's");
        };
    }

    private String plain() {
        return "is at health factor " + factor() + basis();
    }

    private String basis() {
        return BasisText.after(standing, health);
    }

    private String factor() {
        return Readable.factor(health.healthFactor());
    }

    private String with(String words, Optional<String> figure) {
        return figure.map(words::formatted)
                .map(said -> said + ", at health factor " + factor() + basis())
                .orElseGet(this::plain);
    }

    /** By what every source shows; none where the fall is none. */
    private String drop(Duration within) {
        return standing.before()
                .map(trail -> health.highestWithin(trail, within))
                .flatMap(peak ->
                        low().filter(percent -> percent.signum() > 0).map(percent -> fell(percent, peak, within)))
                .orElseGet(this::plain);
    }

    private String fell(BigDecimal percent, Peak peak, Duration within) {
        return "fell %s %% within %s, from health factor %s at %s to %s%s"
                .formatted(
                        Readable.distance(percent),
                        Readable.duration(within),
                        Readable.factor(peak.healthFactor()),
                        Readable.minute(peak.at()),
                        factor(),
                        basis());
    }

    private Optional<String> time() {
        return low().filter(seconds -> seconds.signum() > 0)
                .map(seconds -> Readable.duration(Duration.ofSeconds(seconds.longValue())));
    }

    private Optional<String> percentDown() {
        return low().map(ratio -> Readable.distance(ratio.movePointRight(2)));
    }

    private Optional<String> percentUp() {
        return measured().flatMap(Reading.Measured::high).map(ratio -> Readable.percentUp(ratio.movePointRight(2)));
    }

    private Optional<BigDecimal> low() {
        return measured().map(Reading.Measured::low);
    }

    private Optional<Reading.Measured> measured() {
        return Readings.ofPosition(condition, standing) instanceof Reading.Measured measured
                ? Optional.of(measured)
                : Optional.empty();
    }
}
