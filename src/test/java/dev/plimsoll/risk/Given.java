package dev.plimsoll.risk;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.risk.Loan.Collateral;
import dev.plimsoll.risk.Loan.Debt;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.AssetInfo;
import dev.plimsoll.unit.AssetInfo.Volatility;
import dev.plimsoll.unit.AssetRegistry;
import dev.plimsoll.unit.PriceRange;
import dev.plimsoll.unit.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Loans and markets in few words. Market: {@code "ETH 3000"}, {@code "ETH 2900..3100"}, {@code "ETH ?"}. */
public final class Given {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    public static final AssetRegistry ASSETS = new AssetRegistry(List.of(
            asset("ETH", Volatility.MAJOR, "ETH", 18, "200000"),
            asset("wstETH", Volatility.MAJOR, "ETH", 18, "250000"),
            asset("BTC", Volatility.MAJOR, "BTC", 8, "5000000"),
            asset("USDC", Volatility.STABLE, "USD", 6, "2"),
            asset("DAI", Volatility.STABLE, "USD", 18, "2"),
            asset("LINK", Volatility.ALT, "", 18, "10000"),
            asset("RENDER", Volatility.AI, "", 18, "1000")));

    private Given() {}

    private static AssetInfo asset(String symbol, Volatility volatility, String group, int decimals, String high) {
        return new AssetInfo(
                new Asset(symbol),
                symbol,
                List.of(),
                volatility,
                Optional.of(group).filter(name -> !name.isEmpty()),
                decimals,
                Map.of(),
                Set.of(),
                Optional.empty(),
                PriceRange.between(new BigDecimal("0.000001"), new BigDecimal(high)));
    }

    /** {@code "10 ETH 0.825"}: amount, asset, liquidation threshold. */
    public static Collateral collateral(String text) {
        var words = text.split(" ");
        return new Collateral(
                new Asset(words[1]),
                new BigDecimal(words[0]),
                LiquidationThreshold.threshold(words[2]),
                Optional.empty(),
                Optional.empty());
    }

    /** {@code "12000 USDC"}, or with a yearly rate {@code "12000 USDC 0.05"}. */
    public static Debt debt(String text) {
        var words = text.split(" ");
        return new Debt(
                new Asset(words[1]),
                new BigDecimal(words[0]),
                words.length > 2 ? Optional.of(new BigDecimal(words[2])) : Optional.empty());
    }

    public static Loan loan(List<String> collateral, List<String> debt) {
        return new Loan(
                collateral.stream().map(Given::collateral).toList(),
                debt.stream().map(Given::debt).toList());
    }

    public static Loan loan(String collateral, String debt) {
        return loan(List.of(collateral), List.of(debt));
    }

    /** {@code "5 ETH long 3000"}: size, asset, side, entry price. */
    public static Margin.Leg leg(String text) {
        var words = text.split(" ");
        return new Margin.Leg(
                new Asset(words[1]),
                Margin.Side.valueOf(words[2].toUpperCase(Locale.ROOT)),
                new BigDecimal(words[0]),
                new BigDecimal(words[3]));
    }

    /** A margin in US dollars, a maintenance rate, no closing fee and no funding. */
    public static Margin margin(String usd, String rate, String... legs) {
        return new Margin(
                Stream.of(legs).map(Given::leg).toList(),
                new BigDecimal(usd),
                new BigDecimal(rate),
                BigDecimal.ZERO,
                BigDecimal.ZERO);
    }

    public static MarketSnapshot market(String... prices) {
        return marketAt(NOON, prices);
    }

    public static MarketSnapshot marketAt(Instant at, String... prices) {
        Map<Asset, Consensus> assets = new HashMap<>();
        for (var price : prices) {
            var words = price.split(" ");
            var asset = new Asset(words[0]);
            assets.put(asset, consensus(asset, words[1]));
        }
        return new MarketSnapshot(new Tick(1, at, Duration.ofSeconds(10)), assets);
    }

    private static Consensus consensus(Asset asset, String range) {
        if (range.equals("?")) {
            return new Consensus.NoQuorum(asset, "1 of 2 price families", List.of());
        }
        var ends = range.split("\\.\\.");
        return ends.length == 1
                ? new Consensus.Agreed(asset, range(ends[0], ends[0]), 3, BigDecimal.TEN, List.of())
                : new Consensus.Diverged(asset, range(ends[0], ends[1]), 2, BigDecimal.valueOf(300), List.of());
    }

    private static PriceRange range(String low, String high) {
        return PriceRange.between(new BigDecimal(low), new BigDecimal(high));
    }

    public static Judgement judge(Terms terms, MarketSnapshot market) {
        return terms.judge(NOON, market, ASSETS, Lending.DEFAULT_TARGET);
    }

    /** Of a loan that is liquidated on the market's price. */
    public static Standing standing(Terms terms, MarketSnapshot market) {
        return Standing.of(judge(terms, market));
    }

    /** Of a loan that can be judged. */
    public static Health health(Terms terms, String... prices) {
        return health(terms, market(prices));
    }

    public static Health health(Terms terms, MarketSnapshot market) {
        return ((Judgement.Judged) judge(terms, market)).health();
    }
}
