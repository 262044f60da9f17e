package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.BASIS_POINTS;
import static dev.plimsoll.risk.protocol.Fixed.WAD;

import dev.plimsoll.risk.HealthFactor;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What {@code Pool.getUserAccountData} of Aave V3 returns, bit for bit.
 *
 * @param totalCollateral      in the oracle's base unit, as all values
 * @param totalDebt            likewise
 * @param availableBorrows     likewise
 * @param liquidationThreshold the average over the collateral, in basis points; only reported since 3.5
 * @param loanToValue          likewise
 * @param healthFactorWad      empty without debt, where the contract says 2²⁵⁶ − 1
 */
public record AaveAccount(
        BigInteger totalCollateral,
        BigInteger totalDebt,
        BigInteger availableBorrows,
        BigInteger liquidationThreshold,
        BigInteger loanToValue,
        Optional<BigInteger> healthFactorWad)
        implements ProtocolAccount {

    /** @param reserves in the order of their ids; those the account neither borrows nor uses as collateral may be left out */
    public static AaveAccount of(List<AaveReserve> reserves, AaveVersion version) {
        var collateral = BigInteger.ZERO;
        var debt = BigInteger.ZERO;
        var borrowable = BigInteger.ZERO;
        var weighted = BigInteger.ZERO;
        for (var reserve : reserves) {
            if (reserve.isCounted(version)) {
                var value = reserve.collateralValue(version);
                collateral = collateral.add(value);
                borrowable = borrowable.add(value.multiply(reserve.loanToValue()));
                weighted = weighted.add(value.multiply(reserve.liquidationThreshold()));
            }
            debt = debt.add(reserve.debtValue(version));
        }
        return of(new Sums(collateral, debt, borrowable, weighted), version);
    }

    /** @param borrowable base units × basis points, as {@code weighted} */
    private record Sums(BigInteger collateral, BigInteger debt, BigInteger borrowable, BigInteger weighted) {
        BigInteger average(BigInteger sum) {
            return collateral.signum() == 0 ? BigInteger.ZERO : sum.divide(collateral);
        }
    }

    private static AaveAccount of(Sums sums, AaveVersion version) {
        var averageThreshold = sums.average(sums.weighted());
        var averageLoanToValue = sums.average(sums.borrowable());
        return new AaveAccount(
                sums.collateral(),
                sums.debt(),
                Fixed.excess(room(sums, averageLoanToValue, version), sums.debt()),
                averageThreshold,
                averageLoanToValue,
                sums.debt().signum() == 0
                        ? Optional.empty()
                        : Optional.of(healthFactor(sums, averageThreshold, version)));
    }

    private static BigInteger room(Sums sums, BigInteger averageLoanToValue, AaveVersion version) {
        return version == AaveVersion.UP_TO_3_4
                ? Fixed.halfUp(sums.collateral(), averageLoanToValue, BASIS_POINTS)
                : Fixed.floor(sums.collateral(), averageLoanToValue, BASIS_POINTS);
    }

    private static BigInteger healthFactor(Sums sums, BigInteger averageThreshold, AaveVersion version) {
        return version == AaveVersion.UP_TO_3_4
                ? Fixed.halfUp(Fixed.halfUp(sums.collateral(), averageThreshold, BASIS_POINTS), WAD, sums.debt())
                : Fixed.halfUp(sums.weighted(), WAD, sums.debt()).divide(BASIS_POINTS);
    }

    @Override
    public HealthFactor healthFactor() {
        return healthFactorWad.map(Fixed::wad).map(HealthFactor::of).orElse(HealthFactor.INFINITE);
    }

    @Override
    public boolean isLiquidatable() {
        return healthFactorWad.filter(wad -> wad.compareTo(WAD) < 0).isPresent();
    }
}
