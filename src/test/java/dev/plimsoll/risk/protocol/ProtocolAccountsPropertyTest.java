package dev.plimsoll.risk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every protocol, whatever its rounding. */
class ProtocolAccountsPropertyTest {
    private static final BigDecimal ULP = new BigDecimal("1E-18");
    private static final BigInteger CENT = BigInteger.TEN.pow(16);

    /**
     * An account of one protocol as a function of its collateral and its debt.
     *
     * @param at collateral and debt in hundredths of a whole token
     */
    record Kind(String name, BiFunction<Integer, Integer, ProtocolAccount> at) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Amounts(int collateral, int debt) {}

    @Property
    void itsHealthFactorIsBelowOneExactlyWhereTheProtocolLiquidates(
            @ForAll("kinds") Kind kind, @ForAll("amounts") Amounts amounts) {
        var account = kind.at().apply(amounts.collateral(), amounts.debt());

        assertThat(account.healthFactor().isLiquidatable()).isEqualTo(account.isLiquidatable());
    }

    @Property
    void itNeverRisesWhenCollateralFalls(@ForAll("kinds") Kind kind, @ForAll("amounts") Amounts amounts) {
        var before = kind.at().apply(amounts.collateral(), amounts.debt()).healthFactor();
        var after = kind.at().apply(amounts.collateral() - 1, amounts.debt()).healthFactor();

        assertThat(after).isLessThanOrEqualTo(before);
    }

    @Property
    void itNeverRisesWhenDebtGrows(@ForAll("kinds") Kind kind, @ForAll("amounts") Amounts amounts) {
        var before = kind.at().apply(amounts.collateral(), amounts.debt()).healthFactor();
        var after = kind.at().apply(amounts.collateral(), amounts.debt() + 1).healthFactor();

        assertThat(after).isLessThanOrEqualTo(before);
    }

    @Property
    void since35AaveNeverSaysSaferThanBefore(@ForAll("amounts") Amounts amounts) {
        var newer = aave(AaveVersion.FROM_3_6, amounts.collateral(), amounts.debt());
        var exact = new BigDecimal(amounts.collateral())
                .multiply(new BigDecimal("2500"))
                .multiply(new BigDecimal("0.83"))
                .divide(new BigDecimal(amounts.debt()), MathContext.DECIMAL128);

        assertThat(newer.healthFactor().value().orElseThrow()).isLessThanOrEqualTo(exact.add(ULP));
    }

    @Provide
    Arbitrary<Kind> kinds() {
        return Arbitraries.of(
                new Kind("Aave 3.4", (collateral, debt) -> aave(AaveVersion.UP_TO_3_4, collateral, debt)),
                new Kind("Aave 3.7", (collateral, debt) -> aave(AaveVersion.FROM_3_6, collateral, debt)),
                new Kind("Compound V3", ProtocolAccountsPropertyTest::comet),
                new Kind("Compound V2", ProtocolAccountsPropertyTest::compound),
                new Kind("Maker", ProtocolAccountsPropertyTest::maker),
                new Kind("Liquity V2", ProtocolAccountsPropertyTest::liquity),
                new Kind("Morpho", ProtocolAccountsPropertyTest::morpho));
    }

    /** Around what 2,500 dollars a token carry, where rounding matters. */
    @Provide
    Arbitrary<Amounts> amounts() {
        var collateral = Arbitraries.integers().between(2, 500_000);
        var part = Arbitraries.doubles().between(0.5, 1.1);
        var near = Arbitraries.of(0.83, 0.895, 1 / 1.45, 1 / 1.2, 0.86);
        return Combinators.combine(collateral, Arbitraries.oneOf(part, near))
                .as((amount, share) -> new Amounts(amount, (int) Math.max(1, Math.round(amount * 2_500L * share))));
    }

    private static BigInteger cents(int amount) {
        return CENT.multiply(BigInteger.valueOf(amount));
    }

    private static BigInteger wad(String number) {
        return new BigDecimal(number).movePointRight(18).toBigIntegerExact();
    }

    private static BigInteger usd8(String price) {
        return new BigDecimal(price).movePointRight(8).toBigIntegerExact();
    }

    private static AaveAccount aave(AaveVersion version, int collateral, int debt) {
        var threshold = BigInteger.valueOf(8_300);
        var none = BigInteger.ZERO;
        return AaveAccount.of(
                List.of(
                        new AaveReserve(
                                cents(collateral), Fixed.RAY, none, Fixed.RAY, usd8("2500"), 18, threshold, threshold),
                        new AaveReserve(none, Fixed.RAY, cents(debt), Fixed.RAY, usd8("1"), 18, threshold, threshold)),
                version);
    }

    private static ProtocolAccount comet(int collateral, int debt) {
        var asset = new CometAccount.Collateral(
                cents(collateral), usd8("2500"), Fixed.WAD, wad("0.825"), wad("0.895"), wad("0.95"));
        return new CometAccount(cents(debt).negate(), BigInteger.TEN.pow(15), usd8("1"), Fixed.WAD, List.of(asset));
    }

    private static ProtocolAccount compound(int collateral, int debt) {
        return new CompoundAccount(List.of(
                new CompoundAccount.Market(cents(collateral), BigInteger.ZERO, Fixed.WAD, wad("0.83"), wad("2500")),
                new CompoundAccount.Market(BigInteger.ZERO, cents(debt), Fixed.WAD, BigInteger.ZERO, Fixed.WAD)));
    }

    private static ProtocolAccount maker(int collateral, int debt) {
        var spot = MakerVault.spot(wad("2500"), Fixed.RAY, new BigInteger("1450000000000000000000000000"));
        return new MakerVault(cents(collateral), cents(debt), Fixed.RAY, spot);
    }

    private static ProtocolAccount liquity(int collateral, int debt) {
        return new LiquityTrove(cents(collateral), cents(debt), wad("2500"), new LiquityTrove.V2(wad("1.2")));
    }

    private static ProtocolAccount morpho(int collateral, int debt) {
        var shares = cents(debt).multiply(BigInteger.TEN.pow(6));
        var market = new MorphoLoan.Market(cents(debt), shares, wad("2500").multiply(Fixed.WAD), wad("0.86"));
        return new MorphoLoan(cents(collateral), shares, market);
    }
}
