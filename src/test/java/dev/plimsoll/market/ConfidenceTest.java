package dev.plimsoll.market;

import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.USDT;
import static dev.plimsoll.market.Street.pair;
import static dev.plimsoll.market.Street.quote;
import static dev.plimsoll.market.Street.unsure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A source that says how sure it is says a range. */
class ConfidenceTest {
    private static final List<String> VENUES = List.of("a", "b", "c", "d", "e", "f");

    private record Said(BigDecimal value, BigDecimal confidence) {
        BigDecimal low() {
            return value.subtract(confidence);
        }

        BigDecimal high() {
            return value.add(confidence);
        }
    }

    /** Points and intervals up to the widest that is believed, near each other and far apart. */
    @Provide
    Arbitrary<Said> anything() {
        var values = Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("2990"), new BigDecimal("3010"))
                        .ofScale(2),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("100"), new BigDecimal("100000"))
                        .ofScale(2));
        var widths = Arbitraries.of("0", "0", "0.0005", "0.0099").map(BigDecimal::new);
        return Combinators.combine(values, widths)
                .as((value, width) -> new Said(value, value.multiply(width).setScale(4, RoundingMode.DOWN)));
    }

    @Test
    void itsRangeIsItsValueMoreAndLessItsConfidence() {
        var eth = judge(unsure("pyth", ETH, "3000", "2.5"), quote("a", ETH, "3000"));

        assertThat(voice(eth, "pyth").range()).contains(range("2997.5", "3002.5"));
        assertThat(voice(eth, "pyth").quoted().orElseThrow().confidence()).isEqualByComparingTo("2.5");
        assertThat(voice(eth, "pyth").used()).isTrue();
    }

    @Test
    void twoFamiliesThatAgreeAreBelievedAsFarAsTheUnsureOneReaches() {
        var eth = judge(unsure("pyth", ETH, "3001", "3"), quote("a", ETH, "3000"));

        assertThat(eth).isInstanceOf(Agreed.class);
        assertThat(eth.range()).isEqualTo(range("2998", "3004"));
    }

    @Test
    void twoFamiliesOfWhichOneReachesBeyondTheirBandsDiverge() {
        var eth = judge(unsure("pyth", ETH, "3000", "29.9"), quote("a", ETH, "2990"));

        assertThat(eth).isInstanceOf(Diverged.class);
        assertThat(eth.range()).isEqualTo(range("2970.1", "3029.9"));
    }

    @Test
    void whereMostArePointsTheMedianIsAPoint() {
        var eth = judge(
                quote("a", ETH, "3000"),
                quote("b", ETH, "3001"),
                quote("c", ETH, "3002"),
                quote("d", ETH, "3003"),
                unsure("pyth", ETH, "3001.5", "5"));

        assertThat(eth.range()).isEqualTo(range("3001.5", "3001.5"));
        assertThat(voice(eth, "pyth").used()).isTrue();
    }

    @Test
    void whereMostAreUnsureTheMedianIsARange() {
        var eth = judge(
                quote("a", ETH, "3000"),
                unsure("b", ETH, "3000", "1"),
                unsure("c", ETH, "3000", "2"),
                unsure("d", ETH, "3000", "3"),
                unsure("pyth", ETH, "3000", "20"));

        assertThat(eth.range()).isEqualTo(range("2998", "3002"));
    }

    @Test
    void aSourceThatIsTooUnsureIsNotBelieved() {
        var eth = judge(unsure("pyth", ETH, "3000", "30.01"), quote("a", ETH, "3000"), quote("b", ETH, "3000"));

        assertThat(voice(eth, "pyth").unused()).contains("too unsure");
        assertThat(voice(eth, "pyth").divergenceBps())
                .hasValueSatisfying(bps -> assertThat(bps).isZero());
        assertThat(eth.range()).isEqualTo(range("3000", "3000"));
    }

    @Test
    void anIntervalDownToNothingIsOutOfBoundsHoweverUnsureASourceMayBe() {
        var street = new Street(Map.of("confidence-bps", "9999"));

        var eth = street.judge(NOON, unsure("pyth", ETH, "3000", "2999"), unsure("a", ETH, "3000", "4000"))
                .of(ETH)
                .orElseThrow();

        assertThat(eth.voices()).allSatisfy(voice -> assertThat(voice.unused()).contains("out of bounds"));
    }

    @Test
    void aConversionCarriesTheConfidenceToo() {
        var market = new Street()
                .judge(NOON, pair("c", ETH, "3000", USDT), unsure("pyth", USDT, "1", "0.001"), quote("a", USDT, "1"));

        assertThat(voice(market.of(ETH).orElseThrow(), "c").range()).contains(range("2997", "3003"));
    }

    @Property(tries = 1000)
    void withFourFamiliesOrMoreOneArbitrarySourceCannotMoveTheRangeOutsideTheOthers(
            @ForAll @Size(min = 3, max = 5) List<@From("anything") Said> honest, @ForAll("anything") Said arbitrary) {
        if (judge(all(honest, arbitrary)) instanceof Agreed agreed && agreed.families() >= 4) {
            assertThat(agreed.range().low())
                    .isGreaterThanOrEqualTo(honest.stream()
                            .map(Said::low)
                            .min(BigDecimal::compareTo)
                            .orElseThrow());
            assertThat(agreed.range().high().orElseThrow())
                    .isLessThanOrEqualTo(honest.stream()
                            .map(Said::high)
                            .max(BigDecimal::compareTo)
                            .orElseThrow());
        }
    }

    /** So nothing fires or resolves but what would at some price that an honest source holds possible. */
    @Property(tries = 1000)
    void withTwoOrThreeFamiliesOfWhichOneIsUnsureTheRangeCoversEveryHonestOne(
            @ForAll @Size(min = 1, max = 2) List<@From("anything") Said> honest, @ForAll("anything") Said arbitrary) {
        var all = new ArrayList<>(honest);
        all.add(arbitrary);
        var range = judge(all(honest, arbitrary)).range();

        if (all.stream().anyMatch(said -> said.confidence().signum() > 0)) {
            assertThat(honest)
                    .allMatch(said -> said.low().compareTo(range.low()) >= 0
                            && said.high().compareTo(range.high().orElseThrow()) <= 0);
        }
    }

    private static Answer[] all(List<Said> honest, Said arbitrary) {
        var all = new ArrayList<>(honest);
        all.add(arbitrary);
        return IntStream.range(0, all.size())
                .mapToObj(i -> unsure(
                        VENUES.get(i),
                        ETH,
                        all.get(i).value().toPlainString(),
                        all.get(i).confidence().toPlainString()))
                .toArray(Answer[]::new);
    }

    private static Consensus judge(Answer... answers) {
        return new Street().judge(NOON, answers).of(ETH).orElseThrow();
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
