package dev.plimsoll.rule;

import static dev.plimsoll.rule.Venues.DAI;
import static dev.plimsoll.rule.Venues.NOON;
import static dev.plimsoll.rule.Venues.dai;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.LatestMarket;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.market.Trail;
import dev.plimsoll.risk.Given;
import dev.plimsoll.rule.Condition.Direction;
import dev.plimsoll.rule.Measure.Gauge;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each condition on an asset reads, at the edges. */
class AssetReadingsTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Condition.OnAsset DIVERGENCE = new Condition.PriceDivergence(DAI, Optional.empty());
    private static final Condition.OnAsset STALE = new Condition.PriceStale(DAI, Optional.empty());
    private static final Condition.OnAsset DEPEG = new Condition.Depeg(DAI, Optional.empty());

    private final LatestMarket latest = new LatestMarket();

    @Test
    void aFallCountsFromTheHighestPriceOfTheWindow() {
        tick(0, "ETH 2900");
        tick(60, "ETH 3000");
        tick(120, "ETH 2850");

        assertThat(change(Direction.DOWN, "PT5M")).isEqualTo("5..5");
        assertThat(change(Direction.UP, "PT5M")).isEqualTo("0..0");
        assertThat(change(Direction.EITHER, "PT5M")).isEqualTo("5..5");
    }

    @Test
    void aRiseCountsFromTheLowestPriceOfTheWindow() {
        tick(0, "ETH 2500");
        tick(60, "ETH 2000");
        tick(120, "ETH 2200");

        assertThat(change(Direction.UP, "PT5M")).isEqualTo("10..10");
        assertThat(change(Direction.EITHER, "PT5M")).isEqualTo("12..12");
    }

    @Test
    void aMoveIsOverWhenTheWindowHasPassedWithoutIt() {
        tick(0, "ETH 3000");
        tick(60, "ETH 2700");
        tick(600, "ETH 2700");

        assertThat(change(Direction.DOWN, "PT10M")).isEqualTo("10..10");
        assertThat(change(Direction.DOWN, "PT5M")).isEqualTo("0..0");
    }

    @Test
    void aMoveIsCertainAsFarAsEverySourceAllowsIt() {
        tick(0, "ETH 3000..3200");
        tick(60, "ETH 2400..2700");

        assertThat(change(Direction.DOWN, "PT5M")).isEqualTo("10..25");
        assertThat(change(Direction.UP, "PT5M")).isEqualTo("0..12.5");
    }

    @Test
    void withoutAPriceNoMoveIsMeasured() {
        tick(0, "ETH 3000");
        tick(60, "ETH ?");

        assertThat(change(Direction.DOWN, "PT5M")).isEqualTo("no believable price of ETH");
    }

    @Test
    void theFarthestSourceIsReadAgainstTheMedianOfTheOthers() {
        var gauge = plain(DIVERGENCE, dai("coinbase 1.30 3 outlier", "kraken 1.00", "bitstamp 1.01", "okx 1.02"));

        assertThat(text(gauge.reading())).isEqualTo("2872..2872");
        assertThat(gauge.feed().map(Voice::source)).contains("coinbase");
    }

    @Test
    void anAutomaticLevelHoldsEachFeedAgainstItsOwnBandAnd25Bps() {
        var reading = readings(dai("coinbase 1.0075", "kraken 1.00", "okx 1.00", "bitstamp 1.00"))
                .of(DIVERGENCE);

        assertThat(text(reading.plain().reading())).isEqualTo("75..75");
        assertThat(text(reading.ofAllowed().reading())).isEqualTo("1..1");
    }

    @Test
    void whatIsOutOfBoundsIsReadToo() {
        assertThat(divergence("coinbase 1700000 3 out of bounds", "kraken 1.00", "okx 1.00"))
                .isEqualTo("16999990000..16999990000");
    }

    @Test
    void whatIsNextToNothingIsReadToo() {
        assertThat(divergence("coinbase 0.0000001 3 out of bounds", "kraken 1.00", "okx 1.00"))
                .isEqualTo("10000..10000");
    }

    @Test
    void staleAndSilentSourcesAreNotCompared() {
        assertThat(divergence("coinbase 1.30 131 stale", "kraken -", "bitstamp 1.00", "okx 1.00"))
                .isEqualTo("0..0");
    }

    @Test
    void aQuoteThatIsARangeIsAsFarAsItsNearestEnd() {
        assertThat(divergence("pyth 1.01..1.03 3", "kraken 1.00", "okx 1.00")).isEqualTo("100..300");
    }

    @Test
    void oneSourceAloneDivergesFromNobody() {
        assertThat(divergence("coinbase 1.30", "kraken -")).isEqualTo("no two sources have a fresh quote of DAI");
    }

    @Test
    void onlyTheNamedSourceIsRead() {
        var market = dai("coinbase 1.30 3 outlier", "kraken 1.01", "bitstamp 1.00", "okx 1.00");

        assertThat(text(plain(new Condition.PriceDivergence(DAI, Optional.of("kraken")), market)
                        .reading()))
                .isEqualTo("100..100");
    }

    @Test
    void theOldestFeedIsReadInSeconds() {
        var gauge = plain(STALE, dai("coinbase 1.00 3", "kraken - 131", "okx 1.00 7"));

        assertThat(text(gauge.reading())).isEqualTo("131..131");
        assertThat(gauge.feed().map(Voice::source)).contains("kraken");
    }

    @Test
    void anAutomaticLevelHoldsEachFeedAgainstItsHeartbeatAndSlack() {
        assertThat(stale("coinbase 1.00 3", "kraken - 130")).isEqualTo("1..1");
    }

    @Test
    void aFeedThatNeverHadNewsDoesNotCount() {
        assertThat(stale("coinbase 1.00 13", "kraken - -")).isEqualTo("0.1..0.1");
    }

    @Test
    void whereNobodyEverHadNewsIsStaleWhateverTheLevel() {
        assertThat(stale("coinbase - -", "kraken - -")).isEqualTo("beyond");
    }

    @Test
    void aSourceThatIsNotAskedIsUnknownAndNotStale() {
        var kraken = new Condition.PriceStale(DAI, Optional.of("kraken"));

        assertThat(text(plain(kraken, dai("coinbase 1.00", "okx 1.00")).reading()))
                .isEqualTo("kraken is not asked for DAI");
        assertThat(stale()).isEqualTo("no source is asked for DAI");
    }

    @Test
    void aFeedThatStandsStillIsStaleAtAnyAge() {
        assertThat(stale("coinbase 1.00 3 stands still", "kraken 1.10", "okx 1.10"))
                .isEqualTo("beyond");
    }

    @Test
    void aPegIsLeftOnEitherSide() {
        assertThat(depeg("0.97", "0.97")).isEqualTo("300..300");
        assertThat(depeg("1.03", "1.03")).isEqualTo("300..300");
        assertThat(depeg("1", "1")).isEqualTo("0..0");
    }

    @Test
    void aPegInsideWhatTheSourcesSayIsNotCertainlyLeft() {
        assertThat(depeg("0.97", "1.01")).isEqualTo("0..300");
    }

    @Test
    void aPegToAnotherAssetCarriesBothRanges() {
        var condition = new Condition.Depeg(new Asset("wstETH"), Optional.of(ETH));

        assertThat(text(plain(condition, Given.market("wstETH 2700..2800", "ETH 3000..3200"))
                        .reading()))
                .isEqualTo("666.667..1562.5");
        assertThat(text(plain(condition, Given.market("wstETH 2700", "ETH ?")).reading()))
                .isEqualTo("no believable price of ETH");
    }

    @Test
    void eachConditionIsMeasuredOnce() {
        var readings = readings(dai("coinbase 1.00", "kraken 1.00"));

        assertThat(readings.of(new Condition.PriceStale(DAI, Optional.empty()))).isSameAs(readings.of(STALE));
    }

    private void tick(int second, String price) {
        latest.offer(1, Given.marketAt(NOON.plusSeconds(second), price));
    }

    private String change(Direction direction, String within) {
        var condition = new Condition.PriceChange(ETH, direction, Duration.parse(within));
        return text(new AssetReadings(latest.snapshot().orElseThrow(), latest.trail())
                .of(condition)
                .plain()
                .reading());
    }

    private static String divergence(String... said) {
        return text(plain(DIVERGENCE, dai(said)).reading());
    }

    private static String stale(String... said) {
        return text(readings(dai(said)).of(STALE).ofAllowed().reading());
    }

    private static String depeg(String low, String high) {
        return text(plain(DEPEG, Given.market("DAI " + low + ".." + high)).reading());
    }

    private static Gauge plain(Condition.OnAsset condition, MarketSnapshot market) {
        return readings(market).of(condition).plain();
    }

    private static AssetReadings readings(MarketSnapshot market) {
        return new AssetReadings(market, new Trail());
    }

    /** {@code low..high}, cut to three decimals. */
    private static String text(Reading reading) {
        return switch (reading) {
            case Reading.Measured(var low, var high) -> shown(low) + ".." + shown(high.orElseThrow());
            case Reading.OutOfReach ignored -> "beyond";
            case Reading.Inapplicable(var why) -> why;
            case Reading.Unreadable(var why) -> why;
        };
    }

    private static String shown(BigDecimal number) {
        var cut = number.setScale(3, RoundingMode.HALF_DOWN).stripTrailingZeros();
        return cut.toPlainString();
    }
}
