package dev.plimsoll.book;

import dev.plimsoll.rule.Measure;
import dev.plimsoll.rule.Reading;
import java.time.Instant;

/**
 * What one tick measured of a condition on an asset, as doubles. What is above every limit is infinite.
 *
 * @param unreadable nothing was measured
 */
record Sighted(double low, double high, double allowedLow, double allowedHigh, boolean unreadable) {
    static final Sighted NOTHING = new Sighted(Double.NaN, Double.NaN, Double.NaN, Double.NaN, true);

    static Sighted of(Measure measure) {
        var plain = measure.plain().reading();
        var ofAllowed = measure.ofAllowed().reading();
        return plain instanceof Reading.Unreadable
                ? NOTHING
                : new Sighted(low(plain), high(plain), low(ofAllowed), high(ofAllowed), false);
    }

    boolean isWithin(AssetBand band, Instant now) {
        return band.plain().holds(low, high, now) && band.ofAllowed().holds(allowedLow, allowedHigh, now);
    }

    private static double low(Reading reading) {
        return reading instanceof Reading.Measured measured ? measured.low().doubleValue() : Double.POSITIVE_INFINITY;
    }

    private static double high(Reading reading) {
        return reading instanceof Reading.Measured measured
                ? measured.high().map(Number::doubleValue).orElse(Double.POSITIVE_INFINITY)
                : Double.POSITIVE_INFINITY;
    }
}
