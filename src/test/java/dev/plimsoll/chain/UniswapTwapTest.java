package dev.plimsoll.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.risk.Example;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UniswapTwapTest {
    private static final MathContext PRECISE = new MathContext(60);

    @Test
    void u01AMeanTickIsRoundedDownAndPricesAToken() {
        var example = Example.of("U01");

        var twap = UniswapTwap.between(
                Long.parseLong(example.input("tickCumulative0")),
                Long.parseLong(example.input("tickCumulative1")),
                Duration.ofSeconds(Long.parseLong(example.input("secondsAgo"))));

        assertThat(twap.meanTick()).isEqualTo(example.integer("meanTick").intValueExact());
        assertThat(twap.sqrtRatioX96()).isEqualTo(example.integer("sqrtRatioX96"));
        assertThat(twap.quote(BigInteger.TEN.pow(18))).isEqualTo(example.integer("quoteToken1PerOneE18Token0"));
        assertThat(twap.price(18, 6)).isEqualByComparingTo(example.decimal("priceIfToken1Has6Decimals"));
    }

    @Test
    void everyTickIsATenthOfAPromilleFromItsNeighbour() {
        var step = new BigDecimal("1.0001").sqrt(PRECISE);
        for (var tick = -UniswapTwap.MAX_TICK; tick < UniswapTwap.MAX_TICK; tick += 4_999) {
            var root = new BigDecimal(new UniswapTwap(tick).sqrtRatioX96());
            var next = new BigDecimal(new UniswapTwap(tick + 1).sqrtRatioX96());

            var off = next.subtract(root.multiply(step)).abs();

            assertThat(off)
                    .as("tick %s", tick)
                    .isLessThan(root.multiply(new BigDecimal("1E-9")).max(BigDecimal.TWO));
        }
    }

    @Test
    void aTickBeyondWhatAPoolCanBeIsRefused() {
        assertThatThrownBy(() -> new UniswapTwap(887_273))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("887273");
    }
}
