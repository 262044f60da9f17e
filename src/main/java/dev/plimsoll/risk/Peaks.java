package dev.plimsoll.risk;

import dev.plimsoll.market.Swing;
import dev.plimsoll.market.Trail;
import dev.plimsoll.market.Trail.Swings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks through recorded minutes for the highest health factor that some legs certainly had.
 *
 * <p>Of a minute is known how far each price went, not which prices stood side by side. Certain is what one asset showed at
 * its best, whatever the others did meanwhile: each of them counts at the worst end of its minute. With one volatile asset
 * that is exact. All minutes are compared in {@code double}; the best is computed exactly, rounded down.
 */
final class Peaks {
    private static final MathContext DOWN = new MathContext(30, RoundingMode.DOWN);

    private final List<Exposure> exposures;
    private final double[] weighted;
    private final double[] debt;

    Peaks(List<Exposure> exposures) {
        this.exposures = exposures;
        this.weighted = exposures.stream()
                .mapToDouble(exposure -> exposure.weighted().doubleValue())
                .toArray();
        this.debt = exposures.stream()
                .mapToDouble(exposure -> exposure.debt().doubleValue())
                .toArray();
    }

    /**
     * One asset at its best in one minute.
     *
     * @param factor the health factor, not a number where a price is unknown
     * @param leader which of the exposures is at its best
     * @param risen  at its highest price, else at its lowest
     */
    private record Seen(double factor, Instant at, List<Swing> swings, int leader, boolean risen) {

        /** The lowest and the highest that the price of an asset was then, as far as is known. */
        double low(int asset) {
            var swing = swings.get(asset);
            return asset == leader && risen ? swing.highestLow() : swing.lowestLow();
        }

        double high(int asset) {
            var swing = swings.get(asset);
            return asset == leader && !risen ? swing.lowestHigh() : swing.highestHigh();
        }
    }

    /** @param now what is certain of this tick, which ends the time */
    Peak highest(Trail trail, Peak now, Duration within) {
        var assets = exposures.stream().map(Exposure::asset).toList();
        return trail.swings(assets, now.at(), within)
                .flatMap(this::best)
                .max(Comparator.comparingDouble(Seen::factor))
                .map(seen -> new Peak(exactly(seen), seen.at()))
                .filter(peak -> peak.healthFactor().compareTo(now.healthFactor()) > 0)
                .orElse(now);
    }

    private Stream<Seen> best(Swings minute) {
        var swings = IntStream.range(0, exposures.size())
                .mapToObj(asset -> swing(exposures.get(asset), minute.ofEach().get(asset)))
                .toList();
        return IntStream.range(0, 2 * swings.size())
                .mapToObj(way -> new Seen(0, minute.at(), swings, way / 2, way % 2 == 0))
                .map(this::measured)
                .filter(seen -> seen.factor() > 0 && seen.factor() < Double.POSITIVE_INFINITY)
                .max(Comparator.comparingDouble(Seen::factor))
                .stream();
    }

    /** Of what has no recorded price no more is certain than what anybody would believe; cash is always worth itself. */
    private static Swing swing(Exposure exposure, Swing recorded) {
        if (recorded.isKnown()) {
            return recorded;
        }
        return exposure.isCash()
                ? new Swing(1, 1, 1, 1)
                : exposure.ceiling()
                        .map(BigDecimal::doubleValue)
                        .map(ceiling -> new Swing(0, ceiling, 0, ceiling))
                        .orElse(recorded);
    }

    private Seen measured(Seen seen) {
        var held = 0.0;
        var owed = 0.0;
        for (var asset = 0; asset < weighted.length; asset++) {
            held += weighted[asset] * (weighted[asset] < 0 ? seen.high(asset) : seen.low(asset));
            owed += debt[asset] * seen.high(asset);
        }
        return new Seen(held / owed, seen.at(), seen.swings(), seen.leader(), seen.risen());
    }

    private HealthFactor exactly(Seen seen) {
        var held = BigDecimal.ZERO;
        var owed = BigDecimal.ZERO;
        for (var asset = 0; asset < exposures.size(); asset++) {
            var exposure = exposures.get(asset);
            var low = BigDecimal.valueOf(seen.low(asset));
            var high = BigDecimal.valueOf(seen.high(asset));
            held = held.add(exposure.weighted().multiply(exposure.weighted().signum() < 0 ? high : low));
            owed = owed.add(exposure.debt().multiply(high));
        }
        return HealthFactor.of(held.divide(owed, DOWN).max(BigDecimal.ZERO));
    }
}
