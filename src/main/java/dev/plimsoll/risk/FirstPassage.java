package dev.plimsoll.risk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * The chance that a price which wanders without drift touches a line within a time, at whatever instant: by the reflection
 * principle twice the chance to be beyond it at the end, 2 N(−z). An estimate, not money, so it is computed in double.
 *
 * @param way       to the line, as a logarithm: ln(price / line); zero or less when it is there
 * @param deviation of a minute's logarithmic return, as a plain ratio; it grows with the root of time
 */
record FirstPassage(double way, double deviation) {
    private static final int DECIMALS = 4;
    private static final double NANOS_A_MINUTE = Duration.ofMinutes(1).toNanos();

    /** From here on the series loses digits to cancellation, and the bound is a hair above. */
    private static final double FAR = 3;

    /** From 0 to 1, rounded up to four decimals. */
    BigDecimal within(Duration time) {
        return BigDecimal.valueOf(Math.clamp(chance(time), 0, 1)).setScale(DECIMALS, RoundingMode.UP);
    }

    private double chance(Duration time) {
        if (way <= 0) {
            return 1;
        }
        var spread = deviation * Math.sqrt(time.toNanos() / NANOS_A_MINUTE);
        return spread > 0 ? outside(way / spread / Math.sqrt(2)) : 0;
    }

    /** 1 − erf(x), for x of zero or more; beyond {@link #FAR} an upper bound of it. */
    private static double outside(double x) {
        return x < FAR ? 1 - series(x) : Math.exp(-x * x) / (x * Math.sqrt(Math.PI));
    }

    /** erf(x) by its Maclaurin series: 2/√π × Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)). */
    private static double series(double x) {
        var power = x;
        var sum = x;
        for (var n = 1; n < 60; n++) {
            power *= -x * x / n;
            sum += power / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}
