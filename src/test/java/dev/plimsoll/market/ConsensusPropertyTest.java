package dev.plimsoll.market;

import static dev.plimsoll.market.Street.BTC;
import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.USDT;
import static dev.plimsoll.market.Street.pair;
import static dev.plimsoll.market.Street.quote;
import static dev.plimsoll.market.Street.silent;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

/**
 * What no single source can do, whatever it says: any positive number, in any currency, of any age and confidence, or
 * nothing. The others say what they like within the bounds of ETH, some of them a while ago.
 */
class ConsensusPropertyTest {
    private static final List<String> VENUES = List.of("a", "b", "c", "d", "e");

    /** Two sources' bands together: so far apart they agree, and so far one may lead the other. */
    private static final BigDecimal BANDS = new BigDecimal("0.01");

    /** Prices that agree, nearly agree, or do not at all, from the lower bound of ETH to the upper. */
    @Provide
    Arbitrary<BigDecimal> prices() {
        return Arbitraries.oneOf(between("2990", "3010", 2), between("2800", "3200", 2), between("20", "200000", 2));
    }

    /** Of honest sources: in US dollars and not stale, though some are older than a minute. */
    @Provide
    Arbitrary<Quote> honest() {
        return Combinators.combine(prices(), Arbitraries.of(0, 0, 0, 30, 90, 125))
                .as((usd, age) -> quote("a", ETH, usd.toPlainString(), NOON.minusSeconds(age)));
    }

    /** Of sources that agree. */
    @Provide
    Arbitrary<Quote> calm() {
        return between("2995", "3005", 2).map(usd -> quote("a", ETH, usd.toPlainString()));
    }

    @Provide
    Arbitrary<Answer> anything() {
        var numbers = Arbitraries.oneOf(
                between("2990", "3010", 2),
                prices(),
                between("0.00000001", "1000000000000", 8),
                between("0.9", "1.1", 4));
        var assets = Arbitraries.of(ETH, ETH, ETH, ETH, ETH, ETH, USDT, BTC);
        var ages = Arbitraries.of(
                Duration.ZERO, ofSeconds(-5), ofSeconds(-30), ofSeconds(61), ofDays(-1), ofDays(1), ofDays(40_000));
        var times = ages.map(NOON::minus).optional();
        var currencies = Arbitraries.of(USDT, BTC).optional(0.2);
        var widths =
                Arbitraries.of("0", "0", "0", "0.0001", "0.0099", "0.5", "2").map(BigDecimal::new);
        var quotes = Combinators.combine(numbers, assets, currencies, times, widths)
                .as((number, asset, in, at, width) -> (Answer) new Quote(
                        "pyth", asset, number, in.filter(it -> !it.equals(asset)), at, NOON, number.multiply(width)));
        return Arbitraries.frequencyOf(Tuple.of(9, quotes), Tuple.of(1, Arbitraries.just(silent("pyth", ETH))));
    }

    /** A source says one thing of an asset. */
    static final class OfAsset implements Function<Object, Object> {
        @Override
        public Object apply(Object answer) {
            return ((Answer) answer).asset();
        }
    }

    private static Arbitrary<BigDecimal> between(String low, String high, int scale) {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal(low), new BigDecimal(high))
                .ofScale(scale);
    }

    @Property(tries = 500)
    void theOrderOfTheAnswersDoesNotMatter(
            @ForAll @Size(max = 5) List<@From("honest") Quote> honest,
            @ForAll @Size(max = 3) @UniqueElements(by = OfAsset.class) List<@From("anything") Answer> others,
            @ForAll long seed) {
        var answers = new ArrayList<Answer>(named(honest));
        answers.addAll(others);
        answers.add(quote("a", USDT, "0.98"));
        answers.add(pair("f", ETH, "3000", USDT));
        var shuffled = new ArrayList<>(answers);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(new Street().judge(NOON, shuffled)).isEqualTo(new Street().judge(NOON, answers));
    }

    @Property(tries = 500)
    void withFourFamiliesOrMoreItCannotMoveTheMedianOutsideTheOthers(
            @ForAll @Size(min = 3, max = 5) List<@From("calm") Quote> honest, @ForAll("anything") Answer arbitrary) {
        if (eth(honest, arbitrary) instanceof Agreed agreed && agreed.families() >= 4) {
            assertThat(agreed.range().low()).isGreaterThanOrEqualTo(lowest(honest));
            assertThat(agreed.range().high().orElseThrow()).isLessThanOrEqualTo(highest(honest));
        }
    }

    /** However many there are: as many as are left when some are older than the others. */
    @Property(tries = 500)
    void itCanNeitherFireNorResolveWhatEveryHonestPriceSpeaksAgainst(
            @ForAll @Size(min = 1, max = 5) List<@From("honest") Quote> honest, @ForAll("anything") Answer arbitrary) {
        var consensus = eth(honest, arbitrary);

        var led = consensus instanceof Agreed ? BANDS : BigDecimal.ZERO;
        var range = consensus.range();
        assertThat(range.low()).isLessThanOrEqualTo(highest(honest).multiply(BigDecimal.ONE.add(led)));
        assertThat(range.high().orElse(highest(honest)))
                .isGreaterThanOrEqualTo(lowest(honest).multiply(BigDecimal.ONE.subtract(led)));
    }

    @Property(tries = 500)
    void withTwoOrThreeFamiliesThatDoNotAgreeEveryPriceThatCountsIsInTheRange(
            @ForAll @Size(min = 1, max = 2) List<@From("honest") Quote> honest, @ForAll("anything") Answer arbitrary) {
        if (eth(honest, arbitrary) instanceof Diverged diverged) {
            assertThat(diverged.voices())
                    .filteredOn(Voice::used)
                    .allSatisfy(voice ->
                            assertCovers(diverged.range(), voice.range().orElseThrow()));
        }
    }

    @Property(tries = 500)
    void whereTwoOthersAreThereItCannotBlind(
            @ForAll @Size(min = 2, max = 5) List<@From("honest") Quote> honest, @ForAll("anything") Answer arbitrary) {
        assertThat(eth(honest, arbitrary).range().isBounded()).isTrue();
    }

    @Property(tries = 500)
    void aConversionIsAtLeastAsWideAsWhatItIsConvertedWith(
            @ForAll("prices") BigDecimal value,
            @ForAll @IntRange(min = 2, max = 4) int pairs,
            @ForAll @BigRange(min = "0.90", max = "0.97") BigDecimal low,
            @ForAll @BigRange(min = "0.98", max = "1.05") BigDecimal high) {
        var answers = new ArrayList<Answer>();
        answers.add(quote("a", USDT, low.toPlainString()));
        answers.add(quote("b", USDT, high.toPlainString()));
        VENUES.stream().limit(pairs).forEach(venue -> answers.add(pair(venue, ETH, value.toPlainString(), USDT)));

        var eth = new Street().judge(NOON, answers).of(ETH).orElseThrow();

        var converted = PriceRange.between(value.multiply(low), value.multiply(high));
        assertThat(eth.voices())
                .filteredOn(voice -> voice.range().isPresent())
                .hasSize(pairs)
                .allSatisfy(voice -> assertCovers(voice.range().orElseThrow(), converted));
        assertCovers(eth.range().isBounded() ? eth.range() : converted, converted);
    }

    private static Consensus eth(List<Quote> honest, Answer arbitrary) {
        var all = new ArrayList<>(named(honest));
        all.add(arbitrary);
        return new Street().judge(NOON, all).of(ETH).orElseThrow();
    }

    /** Each of a venue of its own. */
    private static List<Answer> named(List<Quote> quotes) {
        return IntStream.range(0, quotes.size())
                .<Answer>mapToObj(i -> quote(
                        VENUES.get(i),
                        ETH,
                        quotes.get(i).value().toPlainString(),
                        quotes.get(i).observedAt().orElseThrow()))
                .toList();
    }

    private static BigDecimal lowest(List<Quote> quotes) {
        return quotes.stream().map(Quote::value).min(BigDecimal::compareTo).orElseThrow();
    }

    private static BigDecimal highest(List<Quote> quotes) {
        return quotes.stream().map(Quote::value).max(BigDecimal::compareTo).orElseThrow();
    }

    private static void assertCovers(PriceRange range, PriceRange other) {
        assertThat(range.low()).isLessThanOrEqualTo(other.low());
        assertThat(range.high().orElseThrow())
                .isGreaterThanOrEqualTo(other.high().orElseThrow());
    }
}
