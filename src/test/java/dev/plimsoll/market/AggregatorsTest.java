package dev.plimsoll.market;

import static dev.plimsoll.market.Street.BTC;
import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;

/** Four aggregators are one family, and one of them may be broken. */
class AggregatorsTest {
    private static final Asset CBBTC = new Asset("cbBTC");

    @Test
    void howeverManyThereAreTheyCountOnce() {
        var eth = judge(
                ETH,
                quote("gecko", ETH, "3000"),
                quote("llama", ETH, "3000"),
                quote("band", ETH, "3000"),
                quote("stone", ETH, "3000"));

        assertThat(((NoQuorum) eth).why()).isEqualTo("1 of 2 price families");
    }

    @Test
    void oneBrokenAggregatorOfThreeIsSetAsideAndShown() {
        var eth = judge(
                ETH,
                quote("a", ETH, "3000"),
                quote("gecko", ETH, "3001"),
                quote("llama", ETH, "3002"),
                quote("band", ETH, "2100"));

        assertThat(eth).isInstanceOf(Agreed.class);
        assertThat(eth.range()).isEqualTo(range("3000", "3002"));
        assertThat(voice(eth, "band").unused()).contains("outlier in its family");
        assertThat(voice(eth, "band").divergenceBps())
                .hasValueSatisfying(bps -> assertThat(bps).isEqualByComparingTo("-3000"));
        assertThat(((Agreed) eth).divergenceBps()).isEqualByComparingTo("3000");
    }

    @Test
    void oneBrokenAggregatorOfTwoIsASpread() {
        var eth = judge(ETH, quote("a", ETH, "3000"), quote("gecko", ETH, "3001"), quote("band", ETH, "2100"));

        assertThat(eth).isInstanceOf(Diverged.class);
        assertThat(eth.range()).isEqualTo(range("2100", "3001"));
    }

    @Test
    void oneBrokenAggregatorOfFourDoesNotBlindAnAssetThatOnlyTheyKnow() {
        var cbBtc = judge(
                CBBTC,
                quote("a", BTC, "100000"),
                quote("b", BTC, "100000"),
                quote("gecko", CBBTC, "100100"),
                quote("llama", CBBTC, "100200"),
                quote("band", CBBTC, "1.12"),
                quote("stone", CBBTC, "70000"));

        assertThat(cbBtc).isInstanceOf(Agreed.class);
        assertThat(((Agreed) cbBtc).families()).isEqualTo(1);
        assertThat(voice(cbBtc, "band").unused()).contains("out of bounds");
        assertThat(voice(cbBtc, "stone").unused()).contains("outlier in its family");
        assertThat(cbBtc.range()).isEqualTo(range("100100", "100200"));
    }

    @Test
    void aggregatorsTornInTwoHaveNoOutlier() {
        var eth = judge(
                ETH,
                quote("a", ETH, "3000"),
                quote("gecko", ETH, "3000"),
                quote("llama", ETH, "3000"),
                quote("band", ETH, "2100"),
                quote("stone", ETH, "2100"));

        assertThat(eth).isInstanceOf(Diverged.class);
        assertThat(eth.voices()).allMatch(Voice::used);
    }

    @Test
    void withoutAnotherFamilyEachIsComparedWithTheOthersOfItsOwn() {
        var eth = judge(ETH, quote("gecko", ETH, "3000"), quote("llama", ETH, "3000"), quote("band", ETH, "3030"));

        assertThat(eth).isInstanceOf(NoQuorum.class);
        assertThat(voice(eth, "band").divergenceBps()).isEqualTo(Optional.of(new BigDecimal("100")));
    }

    @Property(tries = 500)
    void oneArbitraryAggregatorOfThreeDoesNotMoveTheFamilyBeyondTheOtherTwo(
            @ForAll @BigRange(min = "2995", max = "3005") BigDecimal one,
            @ForAll @BigRange(min = "2995", max = "3005") BigDecimal other,
            @ForAll @BigRange(min = "20", max = "200000") BigDecimal arbitrary) {
        var eth = judge(
                ETH,
                quote("a", ETH, "3000"),
                quote("gecko", ETH, one.toPlainString()),
                quote("llama", ETH, other.toPlainString()),
                quote("band", ETH, arbitrary.toPlainString()));

        assertThat(eth).isInstanceOf(Agreed.class);
        assertThat(List.of(eth.range().low(), eth.range().high().orElseThrow()))
                .allMatch(end -> end.compareTo(one.min(other).min(new BigDecimal("3000"))) >= 0)
                .allMatch(end -> end.compareTo(one.max(other).max(new BigDecimal("3000"))) <= 0);
    }

    private static Consensus judge(Asset asset, Answer... answers) {
        return new Street().judge(NOON, answers).of(asset).orElseThrow();
    }

    private static Voice voice(Consensus consensus, String source) {
        return consensus.voices().stream()
                .filter(voice -> voice.source().equals(source))
                .findFirst()
                .orElseThrow();
    }

    private static PriceRange range(String low, String high) {
        return PriceRange.between(new BigDecimal(low), new BigDecimal(high));
    }
}
