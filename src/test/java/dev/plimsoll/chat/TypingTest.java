package dev.plimsoll.chat;

import static dev.plimsoll.risk.Given.ASSETS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.chat.Talk.Holding;
import dev.plimsoll.chat.Typing.Doubtful;
import dev.plimsoll.chat.Typing.NotUnderstood;
import dev.plimsoll.chat.Typing.Understood;
import dev.plimsoll.risk.LiquidationThreshold;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.5 eth       | 0.5   | ETH",
                "10ETH         | 10    | ETH",
                "12k usdc      | 12000 | USDC",
                "usdc 12'000   | 12000 | USDC",
                "1,5 BTC       | 1.5   | BTC",
                "5 link        | 5     | LINK",
                "12 000 usdc   | 12000 | USDC"
            })
    void anAmountStandsBeforeOrBehindItsAsset(String typed, String amount, String asset) {
        assertThat(Typing.amount(typed, Optional.empty(), ASSETS))
                .isEqualTo(new Understood(new Holding(new Asset(asset), new BigDecimal(amount))));
    }

    @Test
    void aBareNumberIsOfWhatWasAskedFor() {
        var usdc = new Asset("USDC");

        assertThat(Typing.amount("$1500", Optional.of(usdc), ASSETS))
                .isEqualTo(new Understood(new Holding(usdc, new BigDecimal("1500"))));
        assertThat(Typing.amount("1500", Optional.empty(), ASSETS)).isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6175.000000 | 6,175 USDC",
                "3603.900    | 3,603.9 USDC",
                "12E3        | 12,000 USDC",
                "0.000001    | 0.000001 USDC"
            })
    void anAmountIsShownWithoutZerosThatSayNothing(String amount, String shown) {
        assertThat(Typing.shown(new Holding(new Asset("USDC"), new BigDecimal(amount))))
                .isEqualTo(shown);
    }

    @Test
    void aDoubtIsAsked() {
        assertThat(Typing.amount("12,500 usdc", Optional.empty(), ASSETS)).isInstanceOf(Doubtful.class);
    }

    @Test
    void aWrongAssetIsPutRight() {
        assertThat(Typing.amount("10 usdd", Optional.empty(), ASSETS))
                .isEqualTo(new NotUnderstood("I know no asset usdd. Did you mean USDC?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots of eth", "ten eth", "-5 eth", "0 eth", "1e30 eth", "", "🦊", "10 eth please"})
    void whatIsNoAmountIsSaidToBeNone(String typed) {
        assertThat(Typing.amount(typed, Optional.empty(), ASSETS)).isInstanceOf(NotUnderstood.class);
    }

    @ParameterizedTest
    @CsvSource({"82.5 %, 0.825", "'82,5%', 0.825", "0.825, 0.825", "80, 0.8", "100%, 1"})
    void aThresholdIsAShareOrAPercentage(String typed, String share) {
        assertThat(Typing.threshold(typed)).contains(LiquidationThreshold.threshold(share));
    }

    @Test
    void aboveOneItIsACollateralRatio() {
        assertThat(Typing.threshold("150 %")).contains(LiquidationThreshold.ratio("1.5"));
        assertThat(Typing.threshold("0")).isEmpty();
        assertThat(Typing.threshold("-80%")).isEmpty();
        assertThat(Typing.threshold("half")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2h, PT2H", "30 min, PT30M", "'1,5 h', PT1H30M", "1 day, PT24H", "7d, P7D"})
    void aWhileIsTypedAsPeopleSayIt(String typed, Duration meant) {
        assertThat(HumanDuration.of(typed)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "0h", "-1h", "forever", "99999h", "1 fortnight"})
    void aWhileThatIsNoneIsNot(String typed) {
        assertThat(HumanDuration.of(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eth -20%", "ETH −20 %", "eth -20% btc 55k", "all -30%", "eth +5%, btc -10%", "btc to 55000"})
    void supposedMovesAreReadAsTyped(String words) {
        assertThat(Supposing.read(words, ASSETS)).isInstanceOf(Supposing.Moves.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eth", "eth -100%", "eth -20% or so", "-20%", "doge -20%", "eth 1,234"})
    void whatMovesNothingIsExplained(String words) {
        assertThat(Supposing.read(words, ASSETS)).isInstanceOf(Supposing.NotUnderstood.class);
    }
}
