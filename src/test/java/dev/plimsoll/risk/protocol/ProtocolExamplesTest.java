package dev.plimsoll.risk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Example;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Compound, Maker, Liquity and Morpho, bit for bit. */
class ProtocolExamplesTest {
    private static final int EXAMPLE_DECIMALS = 12;

    @Test
    void c01AComet() {
        judges("C01");
    }

    @Test
    void c02ACometALittleDeeperInDebt() {
        judges("C02");
    }

    private static void judges(String id) {
        var example = Example.of(id);
        var account = comet(example.integerInput("principal"), example.integerInput("baseBorrowIndex"), "2500");

        assertThat(account.presentValue()).isEqualTo(example.integer("presentValue"));
        assertThat(account.liquidityToLiquidate()).isEqualTo(example.integer("liquidityLiquidate"));
        assertThat(account.isLiquidatable()).isEqualTo(example.flag("isLiquidatable"));
        assertThat(account.liquidityToBorrow()).isEqualTo(example.integer("liquidityBorrow"));
        assertThat(account.isBorrowCollateralized()).isEqualTo(example.flag("isBorrowCollateralized"));
    }

    @Test
    void c03ACometTakesAllCollateral() {
        var example = Example.of("C03");
        var price = example.decimal("liquidationPrice");

        assertThat(owing10800(price.setScale(8, RoundingMode.UP).toPlainString())
                        .isLiquidatable())
                .isFalse();
        assertThat(owing10800(price.setScale(8, RoundingMode.DOWN).toPlainString())
                        .isLiquidatable())
                .isTrue();
        var absorbed = owing10800(example.expected("priceUsed")).absorbed();
        assertThat(absorbed.credited()).isEqualByComparingTo(example.decimal("baseCredited"));
        assertThat(new BigDecimal(absorbed.balance(), 6)).isEqualByComparingTo(example.decimal("newBaseBalance"));
        assertThat(absorbed.loss()).isEqualByComparingTo(example.decimal("lossUsd"));
    }

    @Test
    void aCometStopsCountingWhenItHasEnough() {
        var weth = comet(BigInteger.ZERO, BigInteger.ONE, "2500").collateral().getFirst();
        var owing = comet(new BigInteger("-1000000"), BigInteger.TEN.pow(15), "2500");

        var twice = new CometAccount(
                owing.principal(), owing.baseIndex(), owing.basePrice(), owing.baseScale(), List.of(weth, weth));

        assertThat(twice.liquidityToLiquidate()).isEqualTo(owing.liquidityToLiquidate());
    }

    @Test
    void c04ACompoundV2AccountIsShort() {
        var example = Example.of("C04");
        var collateral = market("10000", "0", "0.8");
        var debt = market("0", example.input("debt"), "0");

        var account = new CompoundAccount(List.of(collateral, debt));
        var seizure = CompoundAccount.seizure(debt, wad(example.input("closeFactor")), wad(example.input("incentive")));

        assertThat(Fixed.wad(account.shortfall())).isEqualByComparingTo(example.decimal("shortfall"));
        assertThat(account.isLiquidatable()).isTrue();
        assertThat(seizure.repaid()).isEqualByComparingTo(example.decimal("maxRepay"));
        assertThat(seizure.seized()).isEqualByComparingTo(example.decimal("seizedValue"));
        assertThat(seizure.loss()).isEqualByComparingTo(example.decimal("lossUsd"));
    }

    @Test
    void m01AMakerVault() {
        var example = Example.of("M01");
        var mat = example.integerInput("mat");
        var spot = MakerVault.spot(example.integerInput("osmValue"), example.integerInput("par"), mat);
        var vault = vault(spot);

        assertThat(spot).isEqualTo(example.integer("spot"));
        assertThat(vault.allowed()).isEqualTo(example.integer("inkSpot"));
        assertThat(vault.owed()).isEqualTo(example.integer("artRate"));
        assertThat(vault.isLiquidatable()).isEqualTo(example.flag("unsafe"));
        assertThat(vault.debt()).isEqualByComparingTo(example.decimal("debtDai"));
        assertThat(vault.liquidationPrice(mat)).isEqualByComparingTo(example.decimal("liquidationPrice"));
        var ratio = vault.healthFactor().value().orElseThrow().multiply(new BigDecimal(mat, 27));
        assertThat(places(ratio)).isEqualByComparingTo(example.decimal("collateralRatio"));
    }

    @Test
    void m02TheNextPriceWarnsAnHourAhead() {
        var example = Example.of("M02");

        assertThat(vault(spot(example.input("currentPrice"))).isLiquidatable())
                .isEqualTo(example.flag("liquidatableNow"));
        assertThat(vault(spot(example.input("nextPrice"))).isLiquidatable())
                .isEqualTo(example.flag("liquidatableAtNextPoke"));
    }

    @Test
    void m03AWordOfTheOracleModule() {
        var example = Example.of("M03");
        var word = new BigInteger(example.input("word").substring(2), 16);

        assertThat(MakerFeed.price(word)).contains(new BigDecimal(example.integer("value"), 18));
        assertThat(example.flag("valid")).isTrue();
        assertThat(MakerFeed.price(word.clearBit(128))).isEmpty();
    }

    @Test
    void m04AnAuctionRaisesThePenaltyToo() {
        var example = Example.of("M04");

        var auction = MakerVault.Auction.of(
                example.decimalInput("debt"),
                example.decimalInput("chop"),
                example.decimalInput("collateral"),
                example.decimalInput("auctionPrice"));

        assertThat(auction.tab()).isEqualByComparingTo(example.decimal("tab"));
        assertThat(places(auction.sold())).isEqualByComparingTo(example.decimal("collateralSold"));
        assertThat(places(auction.returned())).isEqualByComparingTo(example.decimal("collateralReturned"));
        assertThat(places(auction.loss())).isEqualByComparingTo(example.decimal("lossAtAuctionPrice"));
    }

    @Test
    void q01ExactlyAtItsRatioATroveIsSafe() {
        var example = Example.of("Q01");
        var trove = new LiquityTrove(
                example.integerInput("coll"), example.integerInput("debt"), example.integerInput("price"), calm());

        assertThat(trove.collateralRatio()).isEqualTo(example.integer("icr"));
        assertThat(trove.isLiquidatable()).isEqualTo(example.flag("liquidatable"));
    }

    @Test
    void q02InRecoveryModeThePoolPays() {
        var example = Example.of("Q02");
        var trove = new LiquityTrove(
                example.integerInput("coll"),
                example.integerInput("debt"),
                example.integerInput("price"),
                recovering(example));

        assertThat(trove.collateralRatio()).isEqualTo(example.integer("icr"));
        assertThat(trove.isLiquidatable()).isEqualTo(example.flag("liquidatable"));
        assertThat(trove.healthFactor().isLiquidatable()).isTrue();
        assertThat(trove.capped())
                .isEqualTo(new LiquityTrove.Capped(
                        example.integer("cappedCollateral"),
                        example.integer("collGasCompensation"),
                        example.integer("collateralSurplus")));
    }

    @Test
    void q03ThePoolIsTooSmall() {
        isSafeInRecovery("Q03");
    }

    @Test
    void q04ATroveAboveTheSystemIsSafe() {
        isSafeInRecovery("Q04");
    }

    private static void isSafeInRecovery(String id) {
        var example = Example.of(id);
        var debt = example.integerInput("debt");
        var collateral = Fixed.floor(example.integerInput("icr"), debt, Fixed.WAD);

        var trove = new LiquityTrove(collateral, debt, Fixed.WAD, recovering(example));

        assertThat(trove.collateralRatio()).isEqualTo(example.integerInput("icr"));
        assertThat(trove.isLiquidatable()).isEqualTo(example.flag("liquidatable"));
        assertThat(trove.healthFactor().isLiquidatable()).isFalse();
    }

    @Test
    void q05WhatARedistributionBrings() {
        var example = Example.of("Q05");

        assertThat(LiquityTrove.pending(
                        example.integerInput("stake"), example.integerInput("L_ETH"), example.integerInput("snapshot")))
                .isEqualTo(example.integer("pending"));
    }

    @Test
    void q06ABranchOfVersionTwo() {
        var example = Example.of("Q06");
        BiFunction<String, String, LiquityTrove> at = (price, debt) -> new LiquityTrove(
                wad(example.input("coll")), wad(debt), wad(price), new LiquityTrove.V2(wad(example.input("mcr"))));
        var price = example.expected("liquidationPrice");

        assertThat(at.apply("3000", example.input("debt")).liquidationPrice()).isEqualByComparingTo(price);
        assertThat(at.apply(price, example.input("debt")).isLiquidatable()).isFalse();
        assertThat(at.apply("2399.99", example.input("debt")).isLiquidatable()).isTrue();
    }

    @Test
    void b01AMorphoLoan() {
        var example = Example.of("B01");
        var loan = morpho(example);

        assertThat(loan.borrowed()).isEqualTo(example.integer("borrowedAssets"));
        assertThat(loan.maxBorrow()).isEqualTo(example.integer("maxBorrow"));
        assertThat(loan.isLiquidatable()).isEqualTo(!example.flag("healthy"));
        assertThat(loan.healthFactor().value().orElseThrow())
                .isEqualByComparingTo(new BigDecimal(example.integer("healthFactorWad"), 18));
    }

    @Test
    void b02ItsLiquidationPrice() {
        var price = morpho(Example.of("B01")).liquidationPrice(18, 6);

        assertThat(places(price)).isEqualByComparingTo(Example.of("B02").decimal("liquidationPrice"));
    }

    @Test
    void b03AndB04AndB05WhatALiquidatorGets() {
        for (var id : List.of("B03", "B04", "B05")) {
            var example = Example.of(id);

            var incentive = MorphoLoan.incentive(example.integerInput("lltv"));

            assertThat(incentive).isEqualTo(example.integer("liquidationIncentiveFactor"));
            assertThat(Fixed.wad(incentive).subtract(BigDecimal.ONE).movePointRight(2))
                    .isEqualByComparingTo(example.decimal("penaltyPct"));
        }
    }

    @Test
    void b06ADayOfInterest() {
        var example = Example.of("B06");
        var rate = example.integerInput("ratePerSecondWad");
        var day = Duration.ofSeconds(Long.parseLong(example.input("elapsed")));

        assertThat(MorphoLoan.growth(rate, day)).isEqualTo(example.integer("taylor"));
        assertThat(MorphoLoan.interest(example.integerInput("totalBorrowAssets"), rate, day))
                .isEqualTo(example.integer("interest"));
    }

    private static CometAccount owing10800(String price) {
        return comet(new BigInteger("-9000000000"), new BigInteger("1200000000000000"), price);
    }

    /** 5 WETH at this price, and the factors of the examples. */
    private static CometAccount comet(BigInteger principal, BigInteger index, String price) {
        var weth = new CometAccount.Collateral(
                wad("5"),
                new BigDecimal(price).movePointRight(8).toBigIntegerExact(),
                Fixed.WAD,
                wad("0.825"),
                wad("0.895"),
                wad("0.95"));
        return new CometAccount(
                principal, index, new BigInteger("100000000"), new BigInteger("1000000"), List.of(weth));
    }

    /** Of a token of one dollar. */
    private static CompoundAccount.Market market(String supplied, String borrowed, String factor) {
        return new CompoundAccount.Market(wad(supplied), wad(borrowed), Fixed.WAD, wad(factor), Fixed.WAD);
    }

    private static MakerVault vault(BigInteger spot) {
        var example = Example.of("M01");
        return new MakerVault(
                example.integerInput("ink"), example.integerInput("art"), example.integerInput("rate"), spot);
    }

    private static BigInteger spot(String price) {
        return MakerVault.spot(wad(price), Fixed.RAY, Example.of("M01").integerInput("mat"));
    }

    private static LiquityTrove.V1 calm() {
        return new LiquityTrove.V1(wad("2"), BigInteger.ZERO);
    }

    private static LiquityTrove.V1 recovering(Example example) {
        return new LiquityTrove.V1(example.integerInput("tcr"), example.integerInput("stabilityPool"));
    }

    private static MorphoLoan morpho(Example example) {
        return new MorphoLoan(
                example.integerInput("collateral"),
                example.integerInput("borrowShares"),
                new MorphoLoan.Market(
                        example.integerInput("totalBorrowAssets"),
                        example.integerInput("totalBorrowShares"),
                        example.integerInput("oraclePrice"),
                        example.integerInput("lltv")));
    }

    private static BigInteger wad(String number) {
        return new BigDecimal(number).movePointRight(18).toBigIntegerExact();
    }

    private static BigDecimal places(BigDecimal number) {
        return number.setScale(EXAMPLE_DECIMALS, RoundingMode.HALF_EVEN);
    }
}
