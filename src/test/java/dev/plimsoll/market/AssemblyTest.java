package dev.plimsoll.market;

import static dev.plimsoll.market.Street.BTC;
import static dev.plimsoll.market.Street.ETH;
import static dev.plimsoll.market.Street.NOON;
import static dev.plimsoll.market.Street.USDT;
import static dev.plimsoll.market.Street.pair;
import static dev.plimsoll.market.Street.quote;
import static dev.plimsoll.market.Street.timeless;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Agreed;
import dev.plimsoll.market.Consensus.Diverged;
import dev.plimsoll.market.Consensus.NoQuorum;
import dev.plimsoll.oracle.Answer.Quote;
import dev.plimsoll.oracle.Answer.Reason;
import dev.plimsoll.oracle.Answer.Silent;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.PriceRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AssemblyTest {
    private static final Asset USDC = new Asset("USDC");
    private static final Asset WBTC = new Asset("WBTC");
    private static final Asset CBBTC = new Asset("cbBTC");
    private static final Asset WSTETH = new Asset("wstETH");
    private static final Asset LUSD = new Asset("LUSD");

    private final Street street = new Street();

    @Test
    void twoFamiliesThatAgreeMakeThePointBetweenThem() {
        var market = street.judge(NOON, quote("a", ETH, "3000"), quote("b", ETH, "3010"));

        var eth = (Agreed) market.of(ETH).orElseThrow();
        assertThat(eth.range()).isEqualTo(range("3005", "3005"));
        assertThat(eth.families()).isEqualTo(2);
        assertThat(eth.divergenceBps()).isEqualByComparingTo("34");
    }

    @Test
    void twoFamiliesFartherApartThanTheirBandsMakeARange() {
        var market = street.judge(NOON, quote("a", ETH, "3000"), quote("b", ETH, "3100"));

        assertThat(market.of(ETH).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.range(ETH)).isEqualTo(range("3000", "3100"));
    }

    @Test
    void oneFamilyIsNoQuorum() {
        var market = street.judge(NOON, quote("a", ETH, "3000"));

        var eth = (NoQuorum) market.of(ETH).orElseThrow();
        assertThat(eth.why()).isEqualTo("1 of 2 price families");
        assertThat(market.range(ETH)).isEqualTo(PriceRange.ANYTHING);
    }

    @Test
    void allAggregatorsTogetherAreOneFamily() {
        var market = street.judge(NOON, quote("gecko", ETH, "3000"), quote("llama", ETH, "3000"));

        assertThat(market.of(ETH).orElseThrow()).isInstanceOf(NoQuorum.class);
    }

    @Test
    void nobodySpeakingIsNoQuorumForEveryAsset() {
        var market = street.judge(NOON);

        assertThat(market.known()).hasSize(21);
        assertThat(market.assets().values())
                .allSatisfy(consensus -> assertThat(consensus).isInstanceOf(NoQuorum.class));
    }

    @Test
    void withThreeFamiliesTheFarOneIsASpreadNotAnOutlier() {
        var market = street.judge(NOON, quote("a", ETH, "3000"), quote("b", ETH, "3001"), quote("c", ETH, "2100"));

        assertThat(market.of(ETH).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.range(ETH)).isEqualTo(range("2100", "3001"));
    }

    @Test
    void withFourFamiliesTheFarOneIsAnOutlierAndStillSaidToDiverge() {
        var market = street.judge(
                NOON,
                quote("a", ETH, "3000"),
                quote("b", ETH, "3001"),
                quote("c", ETH, "3002"),
                quote("d", ETH, "2100"));

        var eth = (Agreed) market.of(ETH).orElseThrow();
        assertThat(eth.range()).isEqualTo(range("3001", "3001"));
        assertThat(eth.families()).isEqualTo(3);
        assertThat(eth.voices().get(3).unused()).contains("outlier");
        assertThat(eth.voices().get(3).divergenceBps())
                .hasValueSatisfying(bps -> assertThat(bps).isEqualByComparingTo("-3003"));
    }

    @Test
    void aMarketTornInTwoHasNoOutlierOnlyASpread() {
        var market = street.judge(
                NOON,
                quote("a", ETH, "3000"),
                quote("b", ETH, "3000"),
                quote("c", ETH, "2000"),
                quote("d", ETH, "2000"));

        assertThat(market.range(ETH)).isEqualTo(range("2000", "3000"));
    }

    @Test
    void aQuotePastItsHeartbeatIsStale() {
        var market = street.judge(
                NOON,
                quote("a", ETH, "3000", NOON.minus(ofSeconds(131))),
                quote("b", ETH, "3000", NOON.minus(ofSeconds(130))));

        var eth = market.of(ETH).orElseThrow();
        assertThat(eth.voices().get(0).unused()).contains("stale");
        assertThat(eth.voices().get(1).unused()).isEmpty();
    }

    @Test
    void aQuoteFromTheFutureIsNotBelieved() {
        var market = street.judge(NOON, quote("a", ETH, "3000", NOON.plus(ofSeconds(11))));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().unused()).contains("its time lies ahead");
    }

    @Test
    void anOldQuoteIsSetAsideWhereTwoFamiliesHaveYoungerOnes() {
        var market = street.judge(
                NOON,
                quote("a", ETH, "2500"),
                quote("b", ETH, "2501"),
                quote("gecko", ETH, "3000", NOON.minus(ofMinutes(5))));

        var eth = (Agreed) market.of(ETH).orElseThrow();
        assertThat(eth.voices().get(2).unused()).contains("older than the others");
        assertThat(eth.range()).isEqualTo(range("2500.5", "2500.5"));
    }

    @Test
    void aSourceWithoutTimeIsStaleWhenItStandsStillWhileTheOthersMove() {
        street.judge(NOON, timeless("a", ETH, "3000", NOON), quote("b", ETH, "3000"), quote("c", ETH, "3001"));

        var later = NOON.plus(ofMinutes(1));
        var market = street.judge(
                later,
                timeless("a", ETH, "3000", later),
                quote("b", ETH, "2900", later),
                quote("c", ETH, "2901", later));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().unused()).contains("stands still");
        assertThat(market.range(ETH)).isEqualTo(range("2900.5", "2900.5"));
    }

    @Test
    void aSourceThatStandsStillBesideOneThatDoesTooIsNotStaleBecauseAThirdJumps() {
        street.judge(NOON, timeless("a", ETH, "3000", NOON), quote("b", ETH, "3000"), quote("c", ETH, "3000"));

        var later = NOON.plusSeconds(10);
        var market = street.judge(
                later,
                timeless("a", ETH, "3000", later),
                quote("b", ETH, "3000", later),
                quote("c", ETH, "3300", later));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().unused()).isEmpty();
    }

    /** Seen on 10 November 2022: a venue stood still for 55 minutes while the other came near its price again. */
    @Test
    void aSourceThatStoodStillIsNotBelievedBecauseTheOthersCrossItsPrice() {
        street.judge(NOON, timeless("a", ETH, "3000", NOON), quote("b", ETH, "3000"), quote("c", ETH, "3001"));
        var moved = NOON.plus(ofMinutes(1));
        street.judge(
                moved,
                timeless("a", ETH, "3000", moved),
                quote("b", ETH, "2900", moved),
                quote("c", ETH, "2901", moved));

        var near = NOON.plus(ofMinutes(2));
        var market = street.judge(
                near, timeless("a", ETH, "3000", near), quote("b", ETH, "2990", near), quote("c", ETH, "2991", near));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().unused()).contains("stands still");
    }

    @Test
    void aSourceWithoutTimeThatMovesAgainIsBelievedAgain() {
        street.judge(NOON, timeless("a", ETH, "3000", NOON), quote("b", ETH, "3000"), quote("c", ETH, "3001"));

        var later = NOON.plus(ofMinutes(1));
        var market = street.judge(
                later,
                timeless("a", ETH, "2899", later),
                quote("b", ETH, "2900", later),
                quote("c", ETH, "2901", later));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().used()).isTrue();
    }

    /** One venue is wrong about USDT and ETH: USDT becomes a range, and what is quoted in it too, which is no movement. */
    @Test
    void aSourceDoesNotStandStillBecauseWhatItIsQuotedInBecameARange() {
        tetherAndEther(NOON, "1", "3000");

        var market = tetherAndEther(NOON.plus(ofSeconds(10)), "0.7", "2100");

        assertThat(market.of(USDT).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.of(ETH).orElseThrow().voices())
                .filteredOn(
                        voice -> voice.source().equals("c") || voice.source().equals("d"))
                .allSatisfy(voice -> assertThat(voice.unused()).isNotEqualTo(Optional.of("stands still")));
    }

    /** b is the one that may be wrong; c and d give no time, and c is quoted in USDT. */
    private MarketSnapshot tetherAndEther(Instant at, String usdt, String eth) {
        return street.judge(
                at,
                quote("a", USDT, "1", at),
                quote("b", USDT, usdt, at),
                new Quote("c", ETH, new BigDecimal("3000"), Optional.of(USDT), Optional.empty(), at),
                timeless("d", ETH, "3000", at),
                quote("a", ETH, "3000", at),
                quote("b", ETH, eth, at));
    }

    @Test
    void aQuietSourceInAQuietMarketIsNotStale() {
        street.judge(NOON, timeless("a", USDC, "1", NOON), timeless("b", USDC, "1.0001", NOON));

        var later = NOON.plus(ofMinutes(30));
        var market = street.judge(later, timeless("a", USDC, "1", later), timeless("b", USDC, "1.0002", later));

        assertThat(market.of(USDC).orElseThrow()).isInstanceOf(Agreed.class);
    }

    @Test
    void unitErrorsAreOutOfBounds() {
        var market = street.judge(
                NOON,
                quote("a", ETH, "300000"), // cents
                quote("b", ETH, "3000000000000000000000"), // wei
                quote("c", ETH, "0.000333")); // inverted

        assertThat(market.of(ETH).orElseThrow().voices())
                .allSatisfy(voice -> assertThat(voice.unused()).contains("out of bounds"));
    }

    @Test
    void aSilentSourceSaysWhy() {
        var market = street.judge(NOON, new Silent("a", ETH, Reason.NOT_A_PRICE, "what it sent is no price"));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().unused()).contains("not-a-price");
    }

    @Test
    void aPairInTetherIsConvertedWithTethersPriceOfTheSameTick() {
        var market = street.judge(
                NOON,
                pair("c", ETH, "3000", USDT),
                quote("a", ETH, "2970"),
                quote("a", USDT, "0.99"),
                quote("b", USDT, "0.99"));

        assertThat(market.range(ETH)).isEqualTo(range("2970", "2970"));
    }

    @Test
    void aConversionCarriesTheRangeOfTheQuoteAsset() {
        var market = street.judge(
                NOON,
                pair("c", ETH, "3000", USDT),
                pair("d", ETH, "3000", USDT),
                quote("a", USDT, "0.9"),
                quote("b", USDT, "1"));

        assertThat(market.of(ETH).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.range(ETH)).isEqualTo(range("2700", "3000"));
    }

    @Test
    void withoutAPriceOfTheQuoteAssetAPairSaysNothing() {
        var market = street.judge(NOON, pair("c", ETH, "3000", USDT));

        assertThat(market.of(ETH).orElseThrow().voices().getFirst().unused()).contains("no price to convert from USDT");
    }

    @Test
    void tetherIsPricedFromDollarPairsOnly() {
        var market = street.judge(
                NOON, pair("c", USDT, "1", USDC), quote("a", USDT, "1"), quote("a", USDC, "1"), quote("b", USDC, "1"));

        assertThat(market.of(USDT).orElseThrow()).isInstanceOf(NoQuorum.class);
        assertThat(market.of(USDC).orElseThrow()).isInstanceOf(Agreed.class);
    }

    @Test
    void aPairInBitcoinIsConvertedAfterBitcoin() {
        var market = street.judge(
                NOON,
                pair("a", WBTC, "0.999", BTC),
                quote("b", WBTC, "99900"),
                quote("a", BTC, "100000"),
                quote("b", BTC, "100000"));

        assertThat(market.range(WBTC)).isEqualTo(range("99900", "99900"));
    }

    @Test
    void aSingleSourceIsBelievedWithinTheBandOfItsAnchor() {
        var market = street.judge(
                NOON, quote("gecko", CBBTC, "100500"), quote("a", BTC, "100000"), quote("b", BTC, "100000"));

        var cbBtc = (Agreed) market.of(CBBTC).orElseThrow();
        assertThat(cbBtc.families()).isEqualTo(1);
        assertThat(cbBtc.range()).isEqualTo(range("100500", "100500"));
        assertThat(cbBtc.divergenceBps()).isEqualByComparingTo("50");
    }

    @Test
    void aSingleSourceOutsideTheBandOfItsAnchorDiverges() {
        var market = street.judge(
                NOON, quote("gecko", CBBTC, "80000"), quote("a", BTC, "100000"), quote("b", BTC, "100000"));

        assertThat(market.of(CBBTC).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.range(CBBTC)).isEqualTo(range("80000", "100000"));
    }

    @Test
    void aSingleSourceIsNoMoreCertainThanItsAnchor() {
        var market =
                street.judge(NOON, quote("gecko", CBBTC, "99000"), quote("a", BTC, "100000"), quote("b", BTC, "90000"));

        assertThat(market.of(BTC).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.of(CBBTC).orElseThrow()).isInstanceOf(Diverged.class);
        assertThat(market.range(CBBTC)).isEqualTo(range("90000", "100000"));
    }

    @Test
    void aSingleSourceWhoseAnchorHasNoPriceIsNoQuorum() {
        var market = street.judge(NOON, quote("gecko", CBBTC, "100000"));

        assertThat(((NoQuorum) market.of(CBBTC).orElseThrow()).why())
                .isEqualTo("1 of 2 price families, and no price of BTC, its anchor");
    }

    @Test
    void stakedEtherIsHeldAgainstEtherTimesItsRate() {
        var market =
                street.judge(NOON, quote("gecko", WSTETH, "3700"), quote("a", ETH, "3000"), quote("b", ETH, "3000"));

        assertThat(market.of(WSTETH).orElseThrow()).isInstanceOf(Agreed.class);
        assertThat(((Agreed) market.of(WSTETH).orElseThrow()).divergenceBps()).isEqualByComparingTo("54");
    }

    @Test
    void aStablecoinIsHeldAgainstTheDollar() {
        var market = street.judge(NOON, quote("gecko", LUSD, "0.99"));

        assertThat(market.range(LUSD)).isEqualTo(range("0.99", "0.99"));
    }

    private static PriceRange range(String low, String high) {
        return PriceRange.between(new BigDecimal(low), new BigDecimal(high));
    }
}
