package dev.plimsoll.incidents;

import static dev.plimsoll.risk.Given.loan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.oracle.Answer;
import dev.plimsoll.risk.Health;
import dev.plimsoll.risk.Judgement;
import dev.plimsoll.rule.Condition;
import dev.plimsoll.unit.Asset;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Price incidents that really happened, built from public post-mortems: what the user is told, and nothing more. */
class IncidentsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Venue COINBASE = Venue.exchange("coinbase");
    private static final Venue KRAKEN = Venue.exchange("kraken");
    private static final Venue BITSTAMP = Venue.exchange("bitstamp");
    private static final Venue BINANCE = Venue.exchange("binance");
    private static final Venue GECKO = Venue.aggregator("coingecko");
    private static final Venue ON_CHAIN = new Venue("chainlink", "chainlink", 50, Duration.ofHours(1));

    /** 26 November 2020: 1.30 on one exchange only, for an hour; 85 million DAI of debt were liquidated by its price. */
    @Test
    void compoundsDaiAtOneThirtyOnOneExchangeIsADivergenceAndNobodysLiquidation() {
        var stage = stage(COINBASE, KRAKEN, BITSTAMP, GECKO)
                .rule(divergence("DAI"))
                .position("DAI debt", loan("100000 USDC 0.85", "72000 DAI"));

        ticks("2020-11-26T07:50:00Z", "2020-11-26T09:30:00Z", at -> {
            var here = isWithin(at, "2020-11-26T08:00:00Z", "2020-11-26T09:00:00Z") ? "1.30" : "1.015";
            return stage.tick(
                    at,
                    List.of(
                            COINBASE.says(at, "DAI", here),
                            KRAKEN.says(at, "DAI", "1.012"),
                            BITSTAMP.says(at, "DAI", "1.014"),
                            GECKO.says(at, "DAI", "1.018"),
                            COINBASE.says(at, "USDC", "1"),
                            KRAKEN.says(at, "USDC", "1")));
        });

        assertThat(stage.lines())
                .containsExactly(
                        "26 08:00 DAI price-divergence alert.firing", "26 09:05 DAI price-divergence alert.resolved");
        assertThat(stage.told().getFirst().text())
                .contains("coinbase")
                .contains("DAI")
                .contains("1.3");
    }

    /** The same with too few others to call it an outlier: what nobody can know neither fires nor resolves. */
    @Test
    void withTwoOtherVenuesTheSameDaiIsUnknownAndStillNobodysLiquidation() {
        var stage = stage(COINBASE, KRAKEN, GECKO)
                .rule(divergence("DAI"))
                .position("DAI debt", loan("100000 USDC 0.85", "72000 DAI"));
        var at = Instant.parse("2020-11-26T08:00:00Z");

        stage.tick(
                at,
                List.of(
                        COINBASE.says(at, "DAI", "1.30"),
                        KRAKEN.says(at, "DAI", "1.012"),
                        GECKO.says(at, "DAI", "1.018"),
                        COINBASE.says(at, "USDC", "1"),
                        KRAKEN.says(at, "USDC", "1")));

        assertThat(stage.lines()).containsExactly("26 08:00 DAI price-divergence alert.firing");
        var range = health(stage, "DAI debt").range();
        assertThat(range.isCertainlyLiquidatable()).isFalse();
        assertThat(range.mayBeLiquidatable()).isTrue();
    }

    /** 10 October 2025, 21:36 to 22:16: 0.65 on Binance, at most 0.3 % off elsewhere; Aave priced it as USDT. */
    @Test
    void binancesUsdeIsADivergenceOfBinanceAndNoHealthAlert() {
        var stage = stage(BINANCE, COINBASE, KRAKEN, GECKO)
                .rule(divergence("USDe"))
                .position("Aave loop", loan("1000000 USDe 0.93", "880000 USDT"));

        ticks("2025-10-10T21:30:00Z", "2025-10-10T22:40:00Z", at -> {
            var here = isWithin(at, "2025-10-10T21:36:00Z", "2025-10-10T22:16:00Z") ? "0.65" : "1.0005";
            return stage.tick(
                    at,
                    List.of(
                            BINANCE.saysIn(at, "USDe", here, "USDT"),
                            COINBASE.says(at, "USDe", "0.9985"),
                            KRAKEN.says(at, "USDe", "0.9975"),
                            GECKO.says(at, "USDe", "0.998"),
                            COINBASE.says(at, "USDT", "1.0003"),
                            KRAKEN.says(at, "USDT", "1.0003")));
        });

        assertThat(stage.lines())
                .containsExactly(
                        "10 21:36 USDe price-divergence alert.firing", "10 22:21 USDe price-divergence alert.resolved");
        assertThat(stage.told().getFirst().text())
                .startsWith("Binance says 0.65020 USD for USDe, 3,486 bps below the median 0.99800 USD of 3 others");
    }

    /** 12 May 2022: the feed stood at its floor while LUNA fell a hundredfold; Venus lent on it. Real minutes of Binance. */
    @Test
    void lunasFeedAtItsFloorIsStaleAndNeverBelieved() {
        var stage = stage(BINANCE, KRAKEN, GECKO, ON_CHAIN)
                .rule(new Condition.PriceStale(new Asset("LUNA"), Optional.of("chainlink")));
        var stuckSince = Instant.parse("2022-05-12T08:26:00Z");

        var last = new ArrayList<MarketSnapshot>();
        for (var bar : Bars.read("2022-05-12", MINUTE)) {
            var at = bar.end();
            var feed = at.isBefore(stuckSince)
                    ? ON_CHAIN.says(at, "LUNA", bar.close())
                    : ON_CHAIN.saysOf(stuckSince, at, "LUNA", "0.107");
            last.add(stage.tick(
                    at,
                    Stream.concat(
                                    Stream.of(feed),
                                    Stream.of(BINANCE, KRAKEN, GECKO).map(venue -> venue.says(at, "LUNA", bar.close())))
                            .toList()));
        }

        assertThat(stage.lines()).containsExactly("12 09:28 LUNA price-stale alert.firing");
        assertThat(last)
                .filteredOn(market -> market.tick().at().isAfter(stuckSince.plus(MINUTE)))
                .filteredOn(market ->
                        market.range(new Asset("LUNA")).high().orElseThrow().doubleValue() < 0.09)
                .allSatisfy(market -> assertThat(
                                Stage.voice(market, "LUNA", "chainlink").used())
                        .isFalse());
    }

    /** A feed at the lowest value it can say, where the operator's file knows that bound: refused at once. */
    @Test
    void aFeedBelowTheAssetsBoundsIsRefusedAsOutOfBounds() {
        var stage = stage(BINANCE, KRAKEN, GECKO, ON_CHAIN);
        var at = Instant.parse("2022-05-12T10:00:00Z");

        var market = stage.tick(
                at,
                List.of(
                        ON_CHAIN.says(at, "FLOOR", "0.107"),
                        BINANCE.says(at, "FLOOR", "0.61"),
                        KRAKEN.says(at, "FLOOR", "0.61")));

        assertThat(Stage.voice(market, "FLOOR", "chainlink").unused()).contains("out of bounds");
        assertThat(market.range(new Asset("FLOOR")).low()).isEqualByComparingTo("0.61");
    }

    /** 4 November 2025: 1.7 million ether for a token worth 1.057. */
    @Test
    void wrsEthAtAMillionIsOutOfBoundsAndNeverInAHealthFactor() {
        var stage = stage(ON_CHAIN, KRAKEN, GECKO).position("wrsETH loan", loan("10 wrsETH 0.75", "6.9 ETH"));
        var at = Instant.parse("2025-11-04T05:44:00Z");
        stage.tick(at, wrsEth(at, "1.057"));
        var before = health(stage, "wrsETH loan").healthFactor();

        var after = at.plus(MINUTE);
        var market = stage.tick(after, wrsEth(after, "1649934.61"));

        assertThat(stage.lines()).isEmpty();
        assertThat(Stage.voice(market, "wrsETH", "chainlink").unused()).contains("out of bounds");
        assertThat(health(stage, "wrsETH loan").healthFactor()).isEqualTo(before);
    }

    /** The same where nobody else speaks of it: unknown, never rich. */
    @Test
    void wrsEthAtAMillionAloneIsUnknown() {
        var stage = stage(ON_CHAIN, KRAKEN, GECKO).position("wrsETH loan", loan("10 wrsETH 0.75", "6.9 ETH"));
        var at = Instant.parse("2025-11-04T05:44:00Z");

        stage.tick(
                at,
                List.of(
                        ON_CHAIN.saysIn(at, "wrsETH", "1649934.61", "ETH"),
                        KRAKEN.says(at, "ETH", "3500"),
                        GECKO.says(at, "ETH", "3500")));

        assertThat(stage.standing("wrsETH loan").protocol()).isInstanceOf(Judgement.Unknown.class);
        assertThat(stage.lines()).isEmpty();
    }

    /** 15 February 2026: the feed forgot to multiply by ether's price. */
    @Test
    void cbEthAtOneDollarIsADivergenceWithinOnePoll() {
        var stage = stage(ON_CHAIN, COINBASE, KRAKEN, GECKO)
                .rule(divergence("cbETH"))
                .position("cbETH loan", loan("10 cbETH 0.78", "12000 USDC"));

        ticks("2026-02-15T18:00:00Z", "2026-02-15T18:10:00Z", at -> {
            var feed = at.isBefore(Instant.parse("2026-02-15T18:01:00Z")) ? "2200.4" : "1.12";
            return stage.tick(
                    at,
                    List.of(
                            ON_CHAIN.says(at, "cbETH", feed),
                            COINBASE.says(at, "cbETH", "2201"),
                            KRAKEN.says(at, "cbETH", "2199.5"),
                            GECKO.says(at, "cbETH", "2200"),
                            COINBASE.says(at, "USDC", "1"),
                            KRAKEN.says(at, "USDC", "1")));
        });

        assertThat(stage.lines()).containsExactly("15 18:01 cbETH price-divergence alert.firing");
        assertThat(Stage.voice(stage.told().getFirst().market(), "cbETH", "chainlink")
                        .divergenceBps()
                        .orElseThrow())
                .isBetween(bps("-10000"), bps("-9990"));
    }

    private static BigDecimal bps(String value) {
        return new BigDecimal(value);
    }

    private static List<Answer> wrsEth(Instant at, String onChain) {
        return List.of(
                ON_CHAIN.saysIn(at, "wrsETH", onChain, "ETH"),
                KRAKEN.saysIn(at, "wrsETH", "1.057", "ETH"),
                GECKO.saysIn(at, "wrsETH", "1.057", "ETH"),
                KRAKEN.says(at, "ETH", "3500"),
                GECKO.says(at, "ETH", "3500"));
    }

    private static Stage stage(Venue... venues) {
        return new Stage(Stage.registry(), Stream.of(venues).map(Venue::feed).toList(), MINUTE);
    }

    private static Condition.OnAsset divergence(String asset) {
        return new Condition.PriceDivergence(new Asset(asset), Optional.empty());
    }

    private static Health health(Stage stage, String position) {
        return ((Judgement.Judged) stage.standing(position).protocol()).health();
    }

    private static boolean isWithin(Instant at, String from, String to) {
        return !at.isBefore(Instant.parse(from)) && at.isBefore(Instant.parse(to));
    }

    private static void ticks(String from, String to, Function<Instant, MarketSnapshot> tick) {
        for (var at = Instant.parse(from); !at.isAfter(Instant.parse(to)); at = at.plus(MINUTE)) {
            tick.apply(at);
        }
    }
}
