package dev.plimsoll.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiquidationTest {

    /** 10 ETH at 0.825 against 20,000 USD: below 2,424.25. The bar that opened at 01:55 had a low of 2,400. */
    @Test
    void aLoanIsLiquidatedInTheFirstBarWhoseLowCrossesItsPrice() {
        var crash = CrashWindow.named("2025-02-03").orElseThrow();
        var ethLoan = crash.positions().get(0);

        var liquidation = Liquidation.of(crash, ethLoan).orElseThrow();

        assertThat(liquidation.at()).isEqualTo(Instant.parse("2025-02-03T01:55:00Z"));
        assertThat(liquidation.debt()).isEqualByComparingTo("20000");
    }

    @Test
    void aLoanThatNeverCrossesIsNotLiquidated() {
        var crash = CrashWindow.named("2025-02-03").orElseThrow();
        var treasury = crash.positions().get(3);

        assertThat(Liquidation.of(crash, treasury)).isEmpty();
    }
}
