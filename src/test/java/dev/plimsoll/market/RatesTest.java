package dev.plimsoll.market;

import static dev.plimsoll.market.Street.BTC;
import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.quote;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Past.Rate;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The asset file says that one wstETH is 1.24 ETH, within 4 %. */
class RatesTest {
    private static final Asset WSTETH = new Asset("wstETH");
    private static final Asset CBBTC = new Asset("cbBTC");

    private final Street street = new Street();

    @Test
    void theRateIsLearntWhereTwoFamiliesAgreeAndNoFasterThanATenthOfAPercentADay() {
        both(NOON, "3000", "3780"); // 1.26

        assertThat(learnt(both(NOON, "3000", "3780"))).isEqualByComparingTo("1.24");
        assertThat(learnt(both(NOON.plus(ofHours(12)), "3000", "3780"))).isEqualByComparingTo("1.24062");
        for (var day = 1; day <= 30; day++) {
            both(NOON.plus(ofDays(day)), "3000", "3780");
        }
        assertThat(learnt(both(NOON.plus(ofDays(31)), "3000", "3780"))).isEqualByComparingTo("1.26");
    }

    @Test
    void theRateFollowsASlashingDown() {
        both(NOON, "3000", "3720");

        assertThat(learnt(both(NOON.plus(ofHours(12)), "3000", "3660"))).isEqualByComparingTo("1.23938"); // to 1.22
    }

    @Test
    void aBadHourTeachesNextToNothing() {
        both(NOON, "3000", "3720");

        assertThat(learnt(both(NOON.plus(ofHours(1)), "3000", "300")))
                .isBetween(new BigDecimal("1.2399"), new BigDecimal("1.24"));
    }

    @Test
    void aBadTickAfterAMonthWithoutAMarketTeachesNoMoreThanADay() {
        both(NOON, "3000", "3720");
        single(NOON.plus(ofDays(15)), "3000", "3720");

        assertThat(learnt(both(NOON.plus(ofDays(30)), "3000", "300"))).isEqualByComparingTo("1.23876");
    }

    @Test
    void aClockThatRanYearsAheadForATickTeachesNoMoreThanADay() {
        both(NOON, "3000", "3720");
        both(NOON.plus(ofDays(3650)), "3000", "3600");

        assertThat(learnt(both(NOON.plus(ofHours(1)), "3000", "3600"))).isEqualByComparingTo("1.23876");
    }

    @Test
    void aSingleSourceIsHeldAgainstTheRateThatWasLearnt() {
        both(NOON, "3000", "3720");
        for (var day = 1; day <= 60; day++) {
            both(NOON.plus(ofDays(day)), "3000", "3900"); // 1.30: the file's 1.24 has grown old
        }

        var later = NOON.plus(ofDays(61));
        var wstEth = single(later, "3000", "3903").of(WSTETH).orElseThrow();

        assertThat(wstEth).isInstanceOf(Agreed.class);
        assertThat(((Agreed) wstEth).families()).isEqualTo(1);
        assertThat(((Agreed) wstEth).divergenceBps()).isBetween(BigDecimal.ONE, BigDecimal.valueOf(100));
        assertThat(single(new Street(), later, "3000", "3903").of(WSTETH).orElseThrow())
                .isInstanceOf(Diverged.class);
    }

    @Test
    void oneFamilyTeachesNothing() {
        var market = single(NOON, "3000", "3780");

        assertThat(market.past().rates()).isEmpty();
    }

    @Test
    void aPromiseOfOneForOneIsNotLearnt() {
        var market = street.judge(
                NOON,
                quote("a", BTC, "100000"),
                quote("b", BTC, "100000"),
                quote("gecko", CBBTC, "97000"),
                quote("pyth", CBBTC, "97000"));

        assertThat(market.of(CBBTC).orElseThrow()).isInstanceOf(Agreed.class);
        assertThat(market.past().rates()).isEmpty();
    }

    @Test
    void anotherRateInTheAssetFileBeginsAnew() {
        street.remembers(new Past(
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(WSTETH, new Rate(new BigDecimal("1.10"), NOON, new BigDecimal("1.11"))),
                Map.of()));

        assertThat(learnt(both(NOON, "3000", "3720"))).isEqualByComparingTo("1.24");
    }

    @Test
    void aClockThatIsSetBackTeachesNothing() {
        both(NOON, "3000", "3780");

        var rate = both(NOON.minus(ofDays(365)), "3000", "3780").past().rates().get(WSTETH);

        assertThat(rate.value()).isEqualByComparingTo("1.24");
        assertThat(rate.at()).isEqualTo(NOON.minus(ofDays(365)));
    }

    @Test
    void theRateStandsWhereTheOperatorWantsItTo() {
        var fixed = new Street(Map.of("rate-bps-per-day", "0"));
        both(fixed, NOON, "3000", "3780");

        assertThat(learnt(both(fixed, NOON.plus(ofDays(30)), "3000", "3780"))).isEqualByComparingTo("1.24");
    }

    private MarketSnapshot both(Instant at, String eth, String wstEth) {
        return both(street, at, eth, wstEth);
    }

    private static MarketSnapshot both(Street street, Instant at, String eth, String wstEth) {
        return street.judge(
                at,
                quote("a", ETH, eth, at),
                quote("b", ETH, eth, at),
                quote("gecko", WSTETH, wstEth, at),
                quote("pyth", WSTETH, wstEth, at));
    }

    private MarketSnapshot single(Instant at, String eth, String wstEth) {
        return single(street, at, eth, wstEth);
    }

    private static MarketSnapshot single(Street street, Instant at, String eth, String wstEth) {
        return street.judge(at, quote("a", ETH, eth, at), quote("b", ETH, eth, at), quote("gecko", WSTETH, wstEth, at));
    }

    private static BigDecimal learnt(MarketSnapshot market) {
        return market.past().rates().get(WSTETH).value();
    }
}
