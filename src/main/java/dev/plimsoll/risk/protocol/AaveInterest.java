package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.RAY;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How the indices of an Aave V3 reserve grow between two updates. Rates and factors are rays; a year has 365 days.
 *
 * @see <a href="https://github.com/aave-dao/aave-v3-origin/blob/main/src/contracts/protocol/libraries/math/MathUtils.sol">MathUtils</a>
 */
public final class AaveInterest {
    private static final BigInteger YEAR = BigInteger.valueOf(31_536_000);
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger SIX = BigInteger.valueOf(6);

    private AaveInterest() {}

    /** Of what is supplied, in every version. */
    public static BigInteger linear(BigInteger annualRate, Duration elapsed) {
        return RAY.add(part(annualRate, seconds(elapsed)));
    }

    /** Of what is owed, since 3.4: three terms of the exponential series. */
    public static BigInteger compounded(BigInteger annualRate, Duration elapsed) {
        var x = part(annualRate, seconds(elapsed));
        var third = x.divide(TWO).add(Fixed.halfUp(x, x.divide(SIX), RAY));
        return RAY.add(x).add(Fixed.halfUp(x, third, RAY));
    }

    /** Of what is owed, up to 3.3: three terms of the binomial series over the seconds. */
    public static BigInteger compoundedUpTo33(BigInteger annualRate, Duration elapsed) {
        var n = seconds(elapsed);
        if (n.signum() == 0) {
            return RAY;
        }
        var before = n.subtract(BigInteger.ONE);
        var twoBefore = Fixed.excess(n, TWO);
        var square = Fixed.halfUp(annualRate, annualRate, RAY).divide(YEAR.multiply(YEAR));
        var cube = Fixed.halfUp(square, annualRate, RAY).divide(YEAR);
        var second = n.multiply(before).multiply(square).divide(TWO);
        var third = n.multiply(before).multiply(twoBefore).multiply(cube).divide(SIX);
        return RAY.add(part(annualRate, n)).add(second).add(third);
    }

    /** The index after it has grown by a factor. */
    public static BigInteger grown(BigInteger index, BigInteger factor) {
        return Fixed.halfUp(factor, index, RAY);
    }

    private static BigInteger part(BigInteger annualRate, BigInteger seconds) {
        return Fixed.floor(annualRate, seconds, YEAR);
    }

    private static BigInteger seconds(Duration elapsed) {
        return Fixed.unsigned(BigInteger.valueOf(elapsed.toSeconds()));
    }
}
