package dev.plimsoll.chain;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/**
 * The time-weighted mean price of a Uniswap v3 pool, as its own libraries compute it: integers, rounded as they round.
 *
 * @param meanTick rounded towards minus infinity; the price is 1.0001 to this power
 * @see <a href="https://github.com/Uniswap/v3-periphery/blob/main/contracts/libraries/OracleLibrary.sol">OracleLibrary</a>
 * @see <a href="https://github.com/Uniswap/v3-core/blob/main/contracts/libraries/TickMath.sol">TickMath</a>
 */
public record UniswapTwap(int meanTick) {
    /** Beyond it no pool can be. */
    public static final int MAX_TICK = 887_272;

    private static final int POWER_BITS = 128;
    private static final int ROOT_BITS = 96;
    private static final BigInteger WORD = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    /** The square root of 1.0001 to the power of −1, −2, −4, … with 128 bits, as the contract rounds them. */
    private static final List<BigInteger> POWERS = List.of(
            hex("fffcb933bd6fad37aa2d162d1a594001"),
            hex("fff97272373d413259a46990580e213a"),
            hex("fff2e50f5f656932ef12357cf3c7fdcc"),
            hex("ffe5caca7e10e4e61c3624eaa0941cd0"),
            hex("ffcb9843d60f6159c9db58835c926644"),
            hex("ff973b41fa98c081472e6896dfb254c0"),
            hex("ff2ea16466c96a3843ec78b326b52861"),
            hex("fe5dee046a99a2a811c461f1969c3053"),
            hex("fcbe86c7900a88aedcffc83b479aa3a4"),
            hex("f987a7253ac413176f2b074cf7815e54"),
            hex("f3392b0822b70005940c7a398e4b70f3"),
            hex("e7159475a2c29b7443b29c7fa6e889d9"),
            hex("d097f3bdfd2022b8845ad8f792aa5825"),
            hex("a9f746462d870fdf8a65dc1f90e061e5"),
            hex("70d869a156d2a1b890bb3df62baf32f7"),
            hex("31be135f97d08fd981231505542fcfa6"),
            hex("9aa508b5b7a84e1c677de54f3e99bc9"),
            hex("5d6af8dedb81196699c329225ee604"),
            hex("2216e584f5fa1ea926041bedfe98"),
            hex("48a170391f7dc42444e8fa2"));

    public UniswapTwap {
        if (Math.abs(meanTick) > MAX_TICK) {
            throw new IllegalArgumentException("a tick is within ±" + MAX_TICK + ", was " + meanTick);
        }
    }

    /**
     * @param earlier the pool's cumulative tick at the beginning of the window
     * @param later   at its end
     * @param window  whole seconds, positive
     */
    public static UniswapTwap between(long earlier, long later, Duration window) {
        return new UniswapTwap(Math.toIntExact(Math.floorDiv(Math.subtractExact(later, earlier), window.toSeconds())));
    }

    /** The square root of token1 for token0, both in their smallest unit, with 96 bits after the point; up. */
    public BigInteger sqrtRatioX96() {
        var ratio = BigInteger.ONE.shiftLeft(POWER_BITS);
        for (var bit = 0; bit < POWERS.size(); bit++) {
            if ((Math.abs(meanTick) >> bit & 1) == 1) {
                ratio = ratio.multiply(POWERS.get(bit)).shiftRight(POWER_BITS);
            }
        }
        var upright = meanTick > 0 ? WORD.divide(ratio) : ratio;
        var parts = upright.divideAndRemainder(BigInteger.ONE.shiftLeft(POWER_BITS - ROOT_BITS));
        return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
    }

    /** What this much of token0 is worth in token1, both in their smallest unit; down. */
    public BigInteger quote(BigInteger amount0) {
        var root = sqrtRatioX96();
        return root.multiply(root).multiply(amount0).shiftRight(2 * ROOT_BITS);
    }

    /** What one whole token0 is worth in whole token1; down to token1's decimals. */
    public BigDecimal price(int decimals0, int decimals1) {
        return new BigDecimal(quote(BigInteger.TEN.pow(decimals0)), decimals1);
    }

    private static BigInteger hex(String digits) {
        return new BigInteger(digits, 16);
    }
}
