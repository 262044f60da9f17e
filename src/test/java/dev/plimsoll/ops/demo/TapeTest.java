package dev.plimsoll.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TapeTest {
    private final CrashWindow crash = CrashWindow.named("2025-02-03").orElseThrow();
    private final Tape tape = new Tape(crash);

    /** The bar that opened at 02:05 closed at 2338.25; it must not be known before 02:10. */
    @Test
    void aBarsCloseIsUnknownUntilTheBarHasEnded() {
        var beforeItsEnd = tape.price("binance", "ETH", Instant.parse("2025-02-03T02:09:59Z"));
        var atItsEnd = tape.price("binance", "ETH", Instant.parse("2025-02-03T02:10:00Z"));

        assertThat(beforeItsEnd).hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("2477.6"));
        assertThat(atItsEnd).hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("2338.25"));
    }

    @Test
    void aDerivedVenueIsLaterAndOffByItsStatedSpread() {
        var twentySecondsLate = tape.price("kraken", "RENDER", Instant.parse("2025-02-03T02:10:19Z"));
        var afterTheDelay = tape.price("kraken", "RENDER", Instant.parse("2025-02-03T02:10:20Z"));

        assertThat(twentySecondsLate.orElseThrow())
                .isEqualByComparingTo(new BigDecimal("3.739").multiply(new BigDecimal("0.9998")));
        assertThat(afterTheDelay.orElseThrow())
                .isEqualByComparingTo(new BigDecimal("3.545").multiply(new BigDecimal("0.9998")));
    }

    @Test
    void aRealVenueIsShownAsItWas() {
        var replay = tape.replay("coinbase", "ETH").orElseThrow();

        assertThat(replay.venue()).isEqualTo("bybit");
        assertThat(replay.real()).isTrue();
        assertThat(replay.spreadBps()).isZero();
    }

    @Test
    void whatAServerDoesNotListHasNoPrice() {
        assertThat(tape.price("binance", "TAO", crash.from())).isEmpty();
    }

    @Test
    void everyCrashThatComesWithPlimsollCanBeRead() {
        assertThat(CrashWindow.IDS)
                .allSatisfy(id -> assertThat(CrashWindow.named(id)).hasValueSatisfying(window -> {
                    assertThat(window.positions()).hasSizeGreaterThan(2);
                    assertThat(window.speed()).isPositive();
                }));
    }
}
