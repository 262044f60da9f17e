package dev.plimsoll.market;

import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.USDT;
import static dev.plimsoll.market.Street.pair;
import static dev.plimsoll.market.Street.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Size;

/** What no single source can do, whatever it says. */
class ConsensusPropertyTest {
    private static final List<String> VENUES = List.of("a", "b", "c", "d", "e", "f");

    /** Prices that agree, nearly agree, or do not at all, from the lower bound of ETH to the upper. */
    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("2990"), new BigDecimal("3010"))
                        .ofScale(2),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("2800"), new BigDecimal("3200"))
                        .ofScale(2),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("20"), new BigDecimal("200000"))
                        .ofScale(2));
    }

    @Property(tries = 500)
    void theOrderOfTheAnswersDoesNotMatter(
            @ForAll @Size(min = 1, max = 6) List<@From("prices") BigDecimal> prices, @ForAll long seed) {
        var answers = new ArrayList<Answer>(quotes(prices));
        answers.add(quote("a", USDT, "0.98"));
        answers.add(quote("b", USDT, "1.01"));
        var shuffled = new ArrayList<>(answers);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(new Street().judge(NOON, shuffled)).isEqualTo(new Street().judge(NOON, answers));
    }

    @Property(tries = 1000)
    void withFourFamiliesOrMoreOneArbitrarySourceCannotMoveTheMedianOutsideTheOthers(
            @ForAll @Size(min = 3, max = 5) List<@From("prices") BigDecimal> honest,
            @ForAll("prices") BigDecimal arbitrary) {
        var consensus = judge(honest, arbitrary);

        if (consensus instanceof Agreed agreed) {
            assertThat(agreed.range().low()).isGreaterThanOrEqualTo(Collections.min(honest));
            assertThat(agreed.range().high().orElseThrow()).isLessThanOrEqualTo(Collections.max(honest));
        }
    }

    @Property(tries = 1000)
    void withTwoOrThreeFamiliesTheRangeReachesAnHonestPriceWhateverTheOtherSays(
            @ForAll @Size(min = 1, max = 2) List<@From("prices") BigDecimal> honest,
            @ForAll("prices") BigDecimal arbitrary) {
        var consensus = judge(honest, arbitrary);

        var band = new BigDecimal(consensus instanceof Agreed ? "0.01" : "0"); // two sources' bands together
        var low = consensus.range().low().multiply(BigDecimal.ONE.subtract(band));
        var high = consensus.range().high().orElseThrow().multiply(BigDecimal.ONE.add(band));
        assertThat(honest).anyMatch(price -> price.compareTo(low) >= 0 && price.compareTo(high) <= 0);
    }

    @Property(tries = 500)
    void withoutAgreementOfFewTheRangeCoversEveryHonestPrice(
            @ForAll @Size(min = 1, max = 2) List<@From("prices") BigDecimal> honest,
            @ForAll("prices") BigDecimal arbitrary) {
        var consensus = judge(honest, arbitrary);

        if (!(consensus instanceof Agreed)) {
            assertThat(honest).allMatch(price -> covers(consensus.range(), price));
        }
    }

    @Property(tries = 500)
    void aConversionIsAtLeastAsWideAsWhatItIsConvertedWith(
            @ForAll("prices") BigDecimal value,
            @ForAll @BigRange(min = "0.90", max = "0.97") BigDecimal low,
            @ForAll @BigRange(min = "0.98", max = "1.05") BigDecimal high) {
        var market = new Street()
                .judge(
                        NOON,
                        quote("a", USDT, low.toPlainString()),
                        quote("b", USDT, high.toPlainString()),
                        pair("c", ETH, value.toPlainString(), USDT),
                        pair("d", ETH, value.toPlainString(), USDT));

        var range = market.range(ETH);
        if (range.isBounded()) {
            assertThat(covers(range, value.multiply(low))).isTrue();
            assertThat(covers(range, value.multiply(high))).isTrue();
        }
    }

    private static Consensus judge(List<BigDecimal> honest, BigDecimal arbitrary) {
        var all = new ArrayList<>(honest);
        all.add(arbitrary);
        return new Street().judge(NOON, quotes(all)).of(ETH).orElseThrow();
    }

    private static List<Answer> quotes(List<BigDecimal> prices) {
        return IntStream.range(0, prices.size())
                .<Answer>mapToObj(i -> quote(VENUES.get(i), ETH, prices.get(i).toPlainString()))
                .toList();
    }

    private static boolean covers(PriceRange range, BigDecimal price) {
        return price.compareTo(range.low()) >= 0 && price.compareTo(range.high().orElseThrow()) <= 0;
    }
}
