package dev.plimsoll.market;

import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.quote;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.oracle.Feed;
import dev.plimsoll.unit.BasisPoints;
import dev.plimsoll.unit.Tick;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may set, and what it changes. */
class ToleranceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quorum               | 1      | plimsoll.market.quorum is at least 2, was 1
            outlier-families     | 3      | plimsoll.market.outlier-families is at least 4, was 3
            outlier-factor       | 0.5    | plimsoll.market.outlier-factor is from 1 to 10, was 0.5
            slack                | -1s    | plimsoll.market.slack is from PT0S to PT24H, was PT-1S
            fresh-within         | 25h    | plimsoll.market.fresh-within is from PT0S to PT24H, was PT25H
            confidence-bps       | 10000  | plimsoll.market.confidence-bps is from 0.01 to 9999, was 10000
            rate-bps-per-day     | -1     | plimsoll.market.rate-bps-per-day is from 0 to 100, was -1
            volatility.stable    | 0      | plimsoll.market.volatility.stable is from 0.01 to 1000, was 0
            volatility.ai        | 2000   | plimsoll.market.volatility.ai is from 0.01 to 1000, was 2000
            volatility.cap       | 0      | plimsoll.market.volatility.cap is from 1 to 100, was 0
            """)
    void nonsenseIsRefusedWithASentence(String setting, String value, String sentence) {
        var config = MarketConfigs.of(Map.of(setting, value));

        assertThatThrownBy(() -> Tolerance.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void outliersNeedNoFewerFamiliesThanAPrice() {
        var config = MarketConfigs.of(Map.of("quorum", "5"));

        assertThatThrownBy(() -> Tolerance.of(config))
                .hasMessage("plimsoll.market.outlier-families is at least 5, was 4");
    }

    @Test
    void aHalfLifeOfNothingIsRefused() {
        assertThatThrownBy(() -> new Returns(Duration.ZERO))
                .hasMessage("plimsoll.market.volatility.half-life is from PT1M to PT24H, was PT0S");
    }

    @Test
    void aHigherQuorumNeedsMoreFamilies() {
        var street = new Street(Map.of("quorum", "3"));

        var eth = street.judge(NOON, quote("a", ETH, "3000"), quote("b", ETH, "3000"))
                .of(ETH)
                .orElseThrow();

        assertThat(((NoQuorum) eth).why()).isEqualTo("2 of 3 price families");
    }

    @Test
    void moreFamiliesForOutliersLeaveASpread() {
        var street = new Street(Map.of("outlier-families", "5"));

        var market = street.judge(
                NOON,
                quote("a", ETH, "3000"),
                quote("b", ETH, "3000"),
                quote("c", ETH, "3000"),
                quote("d", ETH, "2100"));

        assertThat(market.range(ETH).low()).isEqualByComparingTo("2100");
    }

    @Test
    void aSourcesOwnSlackGoesBeforeThatOfAll() {
        var tolerance = Tolerance.of(MarketConfigs.of(Map.of("slack", "15s")));
        var tick = new Tick(1, NOON, ofSeconds(10));
        var usual = new Feed("a", "a", BasisPoints.of(50), ofMinutes(1));
        var tardy = new Feed("a", "a", BasisPoints.of(50), ofMinutes(1), Optional.of(ofMinutes(5)));
        var prompt = new Feed("a", "a", BasisPoints.of(50), ofMinutes(1), Optional.of(ofSeconds(1)));

        assertThat(tolerance.slack(usual, tick)).isEqualTo(ofSeconds(15));
        assertThat(tolerance.slack(tardy, tick)).isEqualTo(ofMinutes(5));
        assertThat(tolerance.slack(prompt, tick)).isEqualTo(ofSeconds(10)); // a tick's interval
    }
}
