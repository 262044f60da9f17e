package dev.plimsoll.risk.protocol;

import dev.plimsoll.risk.HealthFactor;

/**
 * A borrower as one protocol's own contracts judge it, on the integers they hold: same order of operations, same rounding,
 * so the same answer to the last digit at the edge where it matters.
 *
 * <p>Every protocol liquidates on a strict comparison: exactly at its limit an account is safe.
 */
public sealed interface ProtocolAccount
        permits AaveAccount, CometAccount, CompoundAccount, LiquityTrove, MakerVault, MorphoLoan {

    /** Weighted collateral over debt; infinite without debt. Never rounded to the safe side of 1. */
    HealthFactor healthFactor();

    /** As the protocol itself decides it. */
    boolean isLiquidatable();
}
