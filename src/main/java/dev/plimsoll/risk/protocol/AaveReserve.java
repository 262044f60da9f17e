package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.RAY;

import java.math.BigInteger;

/**
 * What one account has in one reserve, as the contracts store it.
 *
 * @param scaledCollateral     of the aToken, in the token's smallest unit; zero where it is not used as collateral
 * @param liquidityIndex       normalised income, a ray
 * @param scaledDebt           of the variable debt token, in the token's smallest unit
 * @param borrowIndex          normalised variable debt, a ray
 * @param price                of a whole token, in the oracle's base unit: US dollars with 8 decimals
 * @param loanToValue          of the e-mode category where the asset is in it, else of the reserve; basis points
 * @param liquidationThreshold likewise
 */
public record AaveReserve(
        BigInteger scaledCollateral,
        BigInteger liquidityIndex,
        BigInteger scaledDebt,
        BigInteger borrowIndex,
        BigInteger price,
        int decimals,
        BigInteger loanToValue,
        BigInteger liquidationThreshold) {

    boolean isCounted(AaveVersion version) {
        return scaledCollateral.signum() > 0 && (version == AaveVersion.FROM_3_6 || liquidationThreshold.signum() > 0);
    }

    /** Base units, down in the end. */
    BigInteger collateralValue(AaveVersion version) {
        var balance = version == AaveVersion.UP_TO_3_4
                ? Fixed.halfUp(scaledCollateral, liquidityIndex, RAY)
                : Fixed.floor(scaledCollateral, liquidityIndex, RAY);
        return Fixed.floor(balance, price, Fixed.unit(decimals));
    }

    /** Base units; up since 3.5. */
    BigInteger debtValue(AaveVersion version) {
        return version == AaveVersion.UP_TO_3_4
                ? Fixed.floor(Fixed.halfUp(scaledDebt, borrowIndex, RAY), price, Fixed.unit(decimals))
                : Fixed.ceiling(Fixed.ceiling(scaledDebt, borrowIndex, RAY), price, Fixed.unit(decimals));
    }
}
