package dev.plimsoll.risk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.risk.Example;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Aave V3, bit for bit. */
class AaveExamplesTest {
    private static final BigInteger ONE_DOLLAR = new BigInteger("100000000");

    @Test
    void a01TheAccountOfAPoolSince36() {
        assertThat(AaveAccount.of(reserves("A01"), AaveVersion.FROM_3_6)).isEqualTo(account("A01"));
        assertThat(AaveAccount.of(reserves("A01"), AaveVersion.V3_5)).isEqualTo(account("A01"));
    }

    @Test
    void a02TheSameAccountOnAnOlderPool() {
        assertThat(AaveAccount.of(reserves("A02"), AaveVersion.UP_TO_3_4)).isEqualTo(account("A02"));
    }

    @Test
    void a03IndicesGrowLinearlyAndByCompounding() {
        var example = Example.of("A03");
        var rate = example.integerInput("ratePerYearRay");
        var elapsed = Duration.ofSeconds(Long.parseLong(example.input("elapsedSeconds")));
        var index = example.integerInput("storedIndex");

        var linear = AaveInterest.linear(rate, elapsed);
        var compounded = AaveInterest.compounded(rate, elapsed);

        assertThat(linear).isEqualTo(example.integer("linearFactor"));
        assertThat(AaveInterest.grown(index, linear)).isEqualTo(example.integer("newLiquidityIndex"));
        assertThat(compounded).isEqualTo(example.integer("compoundFactor"));
        assertThat(AaveInterest.grown(index, compounded)).isEqualTo(example.integer("newBorrowIndex"));
        assertThat(AaveInterest.compoundedUpTo33(rate, elapsed)).isEqualTo(example.integer("olderCompoundFactor"));
    }

    @Test
    void a04HalfOfTheDebtCanBeClosed() {
        liquidates("A04", weth("10", "2000"), usdc("17000"), "976470588235294117");

        var taken = AaveLiquidation.of(
                weth("10", "2000"), usdc("17000"), dollars("17000"), new BigInteger("976470588235294117"), terms());
        assertThat(taken.lossUsd(weth("10", "2000"), usdc("17000")))
                .isEqualByComparingTo(Example.of("A04").decimal("borrowerLossUsd"));
    }

    @Test
    void a05AtExactly095AllOfItCan() {
        liquidates("A05", weth("10", "2000"), usdc("17000"), Example.of("A05").input("healthFactor"));
    }

    @Test
    void a06OfASmallPositionAllOfItCan() {
        liquidates("A06", weth("1", "1900"), usdc("1500"), Example.of("A06").input("healthFactor"));
    }

    @Test
    void a07TheConfigurationOfAReserve() {
        var example = Example.of("A07");

        assertThat(AaveConfiguration.of(example.integerInput("data")))
                .isEqualTo(new AaveConfiguration(
                        example.integer("ltv").intValue(),
                        example.integer("liquidationThreshold").intValue(),
                        example.integer("liquidationBonus").intValue(),
                        example.integer("decimals").intValue(),
                        example.flag("active"),
                        example.flag("frozen"),
                        example.flag("borrowingEnabled"),
                        example.flag("paused"),
                        example.integer("reserveFactor").intValue(),
                        example.integer("borrowCap"),
                        example.integer("supplyCap"),
                        example.integer("liquidationProtocolFee").intValue()));
    }

    @Test
    void a08TheConfigurationOfAUser() {
        var example = Example.of("A08");

        var user = AaveConfiguration.OfUser.of(example.integerInput("data"));

        assertThat(user.collateral()).isEqualTo(ids(example.expected("collateralReserves")));
        assertThat(user.borrowed()).isEqualTo(ids(example.expected("borrowedReserves")));
    }

    @Test
    void a09ExactlyOneIsSafe() {
        var example = Example.of("A09");
        var debt = example.integerInput("totalDebtBase");
        var threshold = example.integerInput("avgLtTimesCollateral").divide(debt);

        var account = AaveAccount.of(
                List.of(reserve(debt, BigInteger.ZERO, threshold), reserve(BigInteger.ZERO, debt, threshold)),
                AaveVersion.FROM_3_6);

        assertThat(account.healthFactorWad()).contains(example.integer("healthFactor"));
        assertThat(account.isLiquidatable()).isEqualTo(example.flag("liquidatable"));
    }

    @Test
    void collateralThatPaysForLessIsTakenAsAWhole() {
        var taken = AaveLiquidation.of(
                weth("1", "1900"), usdc("1900"), dollars("1900"), new BigInteger("800000000000000000"), terms());

        assertThat(taken.toLiquidator().add(taken.toTreasury())).isEqualTo(Fixed.WAD);
        assertThat(taken.repaid()).isEqualTo("1809523810");
    }

    @Test
    void collateralWithoutWeightCountsSince36Only() {
        var weightless = List.of(reserve(BigInteger.TEN, BigInteger.ZERO, BigInteger.ZERO));

        assertThat(AaveAccount.of(weightless, AaveVersion.V3_5).totalCollateral())
                .isZero();
        assertThat(AaveAccount.of(weightless, AaveVersion.FROM_3_6).totalCollateral())
                .isEqualTo(BigInteger.TEN);
    }

    private static void liquidates(
            String id, AaveLiquidation.Side collateral, AaveLiquidation.Side debt, String healthFactor) {
        var example = Example.of(id);
        var totalDebt = Fixed.floor(debt.balance(), ONE_DOLLAR, Fixed.unit(debt.decimals()));

        assertThat(AaveLiquidation.closable(collateral, debt, totalDebt, new BigInteger(healthFactor)))
                .isEqualTo(example.integer("maxLiquidatableDebt"));
        assertThat(AaveLiquidation.of(collateral, debt, totalDebt, new BigInteger(healthFactor), terms()))
                .isEqualTo(new AaveLiquidation(
                        example.integer("debtRepaid"),
                        example.integer("collateralToLiquidator"),
                        example.integer("protocolFeeCollateral")));
    }

    private static AaveLiquidation.Terms terms() {
        var example = Example.of("A04");
        return new AaveLiquidation.Terms(
                example.integerInput("liquidationBonus"), example.integerInput("liquidationProtocolFee"));
    }

    private static AaveLiquidation.Side weth(String amount, String price) {
        return new AaveLiquidation.Side(scaled(amount, 18), scaled(price, 8), 18);
    }

    private static AaveLiquidation.Side usdc(String amount) {
        return new AaveLiquidation.Side(scaled(amount, 6), ONE_DOLLAR, 6);
    }

    private static BigInteger dollars(String amount) {
        return scaled(amount, 8);
    }

    private static BigInteger scaled(String amount, int decimals) {
        return new BigDecimal(amount).movePointRight(decimals).toBigIntegerExact();
    }

    private static List<Integer> ids(String list) {
        return Stream.of(list.split(", ")).map(Integer::valueOf).toList();
    }

    /** A token of a dollar with 8 decimals, so that its amounts are its values. */
    private static AaveReserve reserve(BigInteger collateral, BigInteger debt, BigInteger threshold) {
        return new AaveReserve(collateral, Fixed.RAY, debt, Fixed.RAY, ONE_DOLLAR, 8, threshold, threshold);
    }

    private static List<AaveReserve> reserves(String id) {
        return Stream.of("WETH", "WBTC", "USDC")
                .map(Example.of(id)::integersInput)
                .map(of -> new AaveReserve(
                        of.get("scaledAToken"),
                        of.get("liquidityIndex"),
                        of.get("scaledDebt"),
                        of.get("borrowIndex"),
                        of.get("price"),
                        of.get("decimals").intValue(),
                        of.get("ltv"),
                        of.get("lt")))
                .toList();
    }

    private static AaveAccount account(String id) {
        var example = Example.of(id);
        return new AaveAccount(
                example.integer("totalCollateralBase"),
                example.integer("totalDebtBase"),
                example.integer("availableBorrowsBase"),
                example.integer("currentLiquidationThreshold"),
                example.integer("ltv"),
                Optional.of(example.integer("healthFactor")));
    }
}
