package dev.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Kept kept = new Kept();

    @Test
    void aNewerQuoteReplacesAnOlderOneAndNotTheReverse() {
        kept.put(quote(1, NOON));
        kept.put(quote(2, NOON.plusSeconds(1)));
        kept.put(quote(3, NOON));

        assertThat(kept.of(ETH)).contains(quote(2, NOON.plusSeconds(1)));
    }

    @Test
    void ofTwoQuotesOfTheSameTimeTheLaterWordCounts() {
        kept.put(quote(1, NOON));
        kept.put(quote(2, NOON));

        assertThat(kept.of(ETH)).contains(quote(2, NOON));
    }

    @Test
    void aTimeFarAheadOfOurClockKeepsNothingOut() {
        kept.put(quote(1, NOON.plusSeconds(3600)));
        kept.put(quote(2, NOON));

        assertThat(kept.of(ETH)).contains(quote(2, NOON));
    }

    @Test
    void silenceIsTheLastWordToo() {
        var silent = new Silent("pyth", ETH, Reason.UNCERTAIN, "it is not sure");
        kept.put(quote(1, NOON));
        kept.put(silent);

        assertThat(kept.of(ETH)).contains(silent);
    }

    @Test
    void aQuoteWithoutATimeIsTheLastWord() {
        var timeless = new Quote("pyth", ETH, BigDecimal.TWO, Optional.empty(), Optional.empty(), NOON);
        kept.put(quote(1, NOON.plusSeconds(5)));
        kept.put(timeless);

        assertThat(kept.of(ETH)).contains(timeless);
    }

    private static Quote quote(long usd, Instant observedAt) {
        return new Quote("pyth", ETH, BigDecimal.valueOf(usd), Optional.empty(), Optional.of(observedAt), NOON);
    }
}
