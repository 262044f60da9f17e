package dev.plimsoll.risk;

import static dev.plimsoll.risk.Given.NOON;
import static dev.plimsoll.risk.Given.judge;
import static dev.plimsoll.risk.Given.loan;
import static dev.plimsoll.risk.Given.market;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.market.Consensus;
import dev.plimsoll.market.Consensus.Quoted;
import dev.plimsoll.market.Consensus.Voice;
import dev.plimsoll.market.MarketSnapshot;
import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.Price;
import dev.plimsoll.unit.PriceRange;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthJsonTest {
    private static final Asset ETH = new Asset("ETH");
    private static final Loan ETH_LOAN = loan("10 ETH 0.825", "20000 USDC");

    @Test
    void aJudgedLoanHasEveryFigureAsTextRoundedTowardsDanger() {
        var json = write(judge(ETH_LOAN, market("ETH 2981.11", "USDC 1")));

        assertThat(json.getString("judgement")).isEqualTo("judged");
        assertThat(json.getBoolean("liquidatable")).isFalse();
        assertThat(json.getString("healthFactor")).isEqualTo("1.2297");
        assertThat(json.getString("marketHealthFactor")).isEqualTo("1.2297");
        assertThat(json.getJsonObject("range")).isEqualTo(JsonObject.of("low", "1.2297", "high", "1.2297"));
        assertThat(json.getString("loanToValue")).isEqualTo("0.6709");
        assertThat(json.getString("collateralRatio")).isEqualTo("1.4905");
        assertThat(json.getString("collateralValue")).isEqualTo("29811.10");
        assertThat(json.getString("debtValue")).isEqualTo("20000.00");
        assertThat(json.getString("equity")).isEqualTo("9811.10");
        assertThat(json.getString("leverage")).isEqualTo("3.04");
        assertThat(json.getString("lossAtLiquidation")).isEqualTo("2000.00");
        assertThat(json.containsKey("maxBorrow")).isFalse();
        assertThat(json.containsKey("timeToLiquidation")).isFalse();
        assertThat(json.getString("asOf")).isEqualTo(NOON.toString());
    }

    @Test
    void aLiquidationPriceSaysItsDirectionAndDistance() {
        var json = write(judge(ETH_LOAN, market("ETH 2981.11", "USDC 1")));

        assertThat(json.getJsonArray("liquidationPrices").getJsonObject(0))
                .isEqualTo(JsonObject.of(
                        "asset", "ETH",
                        "direction", "below",
                        "alone", "2424.25",
                        "together", "2424.25",
                        "distancePercent", "18.67"));
        assertThat(json.getJsonArray("liquidationPrices").getJsonObject(1).getString("direction"))
                .isEqualTo("above");
    }

    @Test
    void adviceNamesEachWayAndWhatNothingCosts() {
        var advice = write(judge(ETH_LOAN, market("ETH 2981.11", "USDC 1"))).getJsonObject("advice");

        assertThat(advice.getString("targetHealthFactor")).isEqualTo("1.50");
        assertThat(advice.getJsonArray("options").getJsonObject(0))
                .isEqualTo(JsonObject.of(
                        "do", "repay", "asset", "USDC", "amount", "3603.895", "healthFactorAfter", "1.50"));
        assertThat(advice.getJsonArray("options").getJsonObject(1).getString("do"))
                .isEqualTo("add");
        assertThat(advice.getJsonArray("options").getJsonObject(1).getString("amount"))
                .startsWith("2.19801");
        assertThat(advice.getJsonObject("ifNothing").getString("loss")).isEqualTo("2000.00");
        assertThat(advice.getJsonObject("ifNothing").getString("assumed")).contains("liquidation bonus");
    }

    @Test
    void anUnknownLoanHasNoFiguresButTheLastKnownOnes() {
        var known = ((Judgement.Judged) judge(ETH_LOAN, market("ETH 2981.11", "USDC 1"))).health();
        var json = HealthJson.write(
                Standing.of(judge(ETH_LOAN, market("ETH ?", "USDC 1"))),
                NOON,
                Optional.of(HealthJson.lastKnown(known)));

        assertThat(json.fieldNames()).containsExactlyInAnyOrder("judgement", "why", "asOf", "lastKnown");
        assertThat(json.getString("why")).isEqualTo("no believable price of ETH: 1 of 2 price families");
        assertThat(json.getJsonObject("lastKnown").getString("healthFactor")).isEqualTo("1.2297");
    }

    @Test
    void withoutAMarketPriceTheProtocolsFactorStandsAndTheOtherIsNullWithItsReason() {
        var standing = Standing.by(
                new Standing.Word("kraken", market("ETH 2981.11", "USDC 1")),
                judge(ETH_LOAN, market("ETH 2981.11", "USDC 1")),
                judge(ETH_LOAN, market("ETH ?", "USDC 1")));

        var json = HealthJson.write(standing, NOON, Optional.empty());

        assertThat(json.getString("judgement")).isEqualTo("judged");
        assertThat(json.getString("healthFactor")).isEqualTo("1.2297");
        assertThat(json.containsKey("marketHealthFactor")).isTrue();
        assertThat(json.getString("marketHealthFactor")).isNull();
        assertThat(json.getString("marketWhy")).isEqualTo("no believable price of ETH: 1 of 2 price families");
    }

    @Test
    void withoutTheProtocolsPriceTheMarketsFactorIsStillShown() {
        var standing = Standing.by(
                new Standing.Word("kraken", market("ETH 2981.11", "USDC 1")),
                judge(ETH_LOAN, market("ETH ?", "USDC 1")),
                judge(ETH_LOAN, market("ETH 2981.11", "USDC 1")));

        var json = HealthJson.write(standing, NOON, Optional.empty());

        assertThat(json.getString("judgement")).isEqualTo("unknown");
        assertThat(json.containsKey("healthFactor")).isFalse();
        assertThat(json.getString("marketHealthFactor")).isEqualTo("1.2297");
    }

    @Test
    void withoutDebtThereIsNoHealthFactor() {
        var json = write(judge(loan(List.of("10 ETH 0.825"), List.of()), market("ETH 3000")));

        assertThat(json.getString("judgement")).isEqualTo("no-debt");
        assertThat(json.containsKey("healthFactor")).isFalse();
        assertThat(json.getString("collateralValue")).isEqualTo("30000.00");
        assertThat(json.getJsonArray("withdrawable").getJsonObject(0).getString("amount"))
                .isEqualTo("10");
    }

    @Test
    void withoutDebtWhatHasNoPriceIsNotWorthNothing() {
        var json = write(judge(loan(List.of("10 ETH 0.825"), List.of()), market("ETH ?")));

        assertThat(json.getString("judgement")).isEqualTo("no-debt");
        assertThat(json.fieldNames()).doesNotContain("collateralValue", "debtValue", "equity");
    }

    @Test
    void aRangeWithoutAnUpperEndSaysOnlyItsLowerOne() {
        var loan = loan(List.of("10 ETH 0.825", "5000 RENDER 0.5"), List.of("20000 USDC"));
        var json = write(judge(loan, market("ETH 3000", "USDC 1", "RENDER ?")));

        assertThat(json.getJsonObject("range")).isEqualTo(JsonObject.of("low", "1.2375"));
    }

    @Test
    void pricesNameEverySourceAndWhyOneWasNotUsed() {
        var used = voice("kraken");
        var stale = new Voice(
                "bitstamp",
                "bitstamp",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BigDecimal.valueOf(50),
                Duration.ofSeconds(70),
                Optional.empty(),
                Optional.of("stale"));
        var agreed =
                new Consensus.Agreed(ETH, point("3000").orElseThrow(), 1, new BigDecimal("11.2"), List.of(used, stale));
        var snapshot = new MarketSnapshot(market().tick(), Map.of(ETH, agreed));

        var price = write(judge(loan("10 ETH 0.8", "1 ETH"), snapshot))
                .getJsonArray("prices")
                .getJsonObject(0);

        assertThat(price.getString("price")).isEqualTo("3000");
        assertThat(price.getInteger("families")).isEqualTo(1);
        assertThat(price.getInteger("divergenceBps")).isEqualTo(12);
        assertThat(price.getBoolean("singleSource")).isTrue();
        assertThat(price.getJsonArray("sources").getJsonObject(0))
                .isEqualTo(JsonObject.of("source", "kraken", "price", "3000", "ageSeconds", 3L, "used", true));
        assertThat(price.getJsonArray("sources").getJsonObject(1))
                .isEqualTo(JsonObject.of("source", "bitstamp", "used", false, "why", "stale"));
    }

    @Test
    void onOneSourcesWordPricesShowTheMarketsBesideItAndWhereItsWordIsMissing() {
        var market = new MarketSnapshot(
                market().tick(),
                Map.of(
                        ETH,
                        new Consensus.Agreed(
                                ETH,
                                point("3010").orElseThrow(),
                                4,
                                BigDecimal.ZERO,
                                List.of(voice("kraken"), voice("coinbase"))),
                        new Asset("USDC"),
                        new Consensus.Agreed(
                                new Asset("USDC"),
                                point("1").orElseThrow(),
                                2,
                                BigDecimal.ZERO,
                                List.of(voice("coinbase")))));
        var standing = Standing.by(
                new Standing.Word("kraken", market),
                judge(ETH_LOAN, market.by("kraken", ETH_LOAN.assets())),
                judge(ETH_LOAN, market));

        var prices = HealthJson.write(standing, NOON, Optional.empty()).getJsonArray("prices");

        var ether = prices.getJsonObject(0);
        assertThat(ether.getString("price")).isEqualTo("3000");
        assertThat(ether.getString("priceSource")).isEqualTo("kraken");
        assertThat(ether.getJsonArray("sources")).hasSize(1);
        assertThat(ether.getJsonObject("market").getString("price")).isEqualTo("3010");
        assertThat(ether.getJsonObject("market").getJsonArray("sources")).hasSize(2);
        var dollar = prices.getJsonObject(1);
        assertThat(dollar.getString("priceSource")).isEqualTo("market");
        assertThat(dollar.getString("priceSourceWhy")).isEqualTo("kraken does not quote USDC");
        assertThat(dollar.containsKey("market")).isFalse();
    }

    /** At 3,000 US dollars. */
    private static Voice voice(String source) {
        return new Voice(
                source,
                source,
                Optional.of(new Quoted(new BigDecimal("3000"), Optional.empty(), BigDecimal.ZERO)),
                point("3000"),
                Optional.of(Duration.ofSeconds(3)),
                BigDecimal.valueOf(50),
                Duration.ofSeconds(70),
                Optional.of(BigDecimal.ONE),
                Optional.empty());
    }

    private static Optional<PriceRange> point(String usd) {
        return Optional.of(PriceRange.point(Price.of(usd)));
    }

    private static JsonObject write(Judgement judgement) {
        return HealthJson.write(Standing.of(judgement), NOON, Optional.empty());
    }
}
