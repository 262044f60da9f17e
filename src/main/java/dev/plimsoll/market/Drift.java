package dev.plimsoll.market;

import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.BasisPoints;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * By how much a price may honestly move while a quote grows older.
 *
 * @param perMinute of each class; one that is not there stands still
 * @param cap       how many times that a measured volatility may allow at most
 */
public record Drift(Map<Volatility, BasisPoints> perMinute, BigDecimal cap) {
    /** Nothing is known to move. */
    public static final Drift NONE = new Drift(Map.of(), BigDecimal.ONE);

    private static final BasisPoints STILL = BasisPoints.of(0);
    private static final BigDecimal NANOS_A_MINUTE =
            BigDecimal.valueOf(Duration.ofMinutes(1).toNanos());

    public Drift {
        perMinute = Map.copyOf(perMinute);
        Bounds.between("1", "100", "volatility.cap", cap);
    }

    /**
     * As a plain ratio of the price.
     *
     * @param measured the standard deviation of a minute's return; grows with the root of time
     */
    BigDecimal of(Volatility kind, Optional<BigDecimal> measured, Duration age) {
        var minutes = BigDecimal.valueOf(age.toNanos()).divide(NANOS_A_MINUTE, MathContext.DECIMAL64);
        var usual = perMinute.getOrDefault(kind, STILL).asRatio().multiply(minutes);
        return measured.map(deviation -> deviation.multiply(minutes.sqrt(MathContext.DECIMAL64)))
                .map(usual::max)
                .orElse(usual)
                .min(usual.multiply(cap));
    }
}
