package dev.plimsoll.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Given;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the sentinels of other tests would bark. */
class SentinelsTest {

    @Test
    void nothingMovesAtThePriceTheyWereSetUpFor() {
        assertThat(moved("3294.30")).isEmpty();
        assertThat(moved("3280..3310")).isEmpty();
    }

    @Test
    void aFallOfTwoPercentFiresWhatWarnsOfItAndResolvesTheRise() {
        assertThat(moved("3228"))
                .containsExactly("health factor fires", "distance fires", "fall fires", "rise resolves");
    }

    @Test
    void aRiseOfTwoPercentFiresTheRiseAndResolvesTheOthers() {
        assertThat(moved("3361"))
                .containsExactly("health factor resolves", "distance resolves", "fall resolves", "rise fires");
    }

    @Test
    void aRangeOnBothSidesMovesNothing() {
        assertThat(moved("100..100000")).isEmpty();
    }

    private static List<String> moved(String eth) {
        return Sentinels.moved(Given.market("ETH " + eth, "USDC 1"));
    }
}
