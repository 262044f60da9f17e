package dev.plimsoll.risk.protocol;

import static dev.plimsoll.risk.protocol.Fixed.WAD;

import dev.plimsoll.risk.HealthFactor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One trove of Liquity V1 (LUSD) or V2 (BOLD). Integers are wads.
 *
 * @param collateral with pending redistributions
 * @param debt       likewise, and in V1 with the gas reserve of 200 LUSD
 * @param price      US dollars for a unit of collateral
 * @param system     what else the protocol looks at
 * @see <a href="https://github.com/liquity/dev/blob/main/packages/contracts/contracts/TroveManager.sol">TroveManager</a>
 */
public record LiquityTrove(BigInteger collateral, BigInteger debt, BigInteger price, System system)
        implements ProtocolAccount {
    private static final BigInteger GAS_SHARE = BigInteger.valueOf(200);
    private static final MathContext UP = new MathContext(30, RoundingMode.UP);

    /** The rest of the protocol, as far as it decides about one trove. */
    public sealed interface System {
        /** The least collateral ratio of a trove, a wad. */
        BigInteger minimumRatio();
    }

    /**
     * Version 1: while the whole system is below 150 %, also troves above 110 % may be taken.
     *
     * @param totalRatio    collateral over debt of all troves
     * @param stabilityPool LUSD that can pay for a liquidation
     */
    public record V1(BigInteger totalRatio, BigInteger stabilityPool) implements System {
        private static final BigInteger MINIMUM = new BigInteger("1100000000000000000");
        private static final BigInteger CRITICAL = new BigInteger("1500000000000000000");

        @Override
        public BigInteger minimumRatio() {
            return MINIMUM;
        }

        boolean isRecovering() {
            return totalRatio.compareTo(CRITICAL) < 0;
        }
    }

    /** A branch of version 2, which has no recovery mode. */
    public record V2(BigInteger minimumRatio) implements System {}

    /** Collateral over debt, a wad, down. */
    public BigInteger collateralRatio() {
        return Fixed.floor(collateral, price, debt);
    }

    @Override
    public boolean isLiquidatable() {
        if (debt.signum() == 0) {
            return false;
        }
        var ratio = collateralRatio();
        return ratio.compareTo(system.minimumRatio()) < 0 || system instanceof V1 v1 && isTakenInRecovery(ratio, v1);
    }

    /** Above the minimum only below the system's own ratio, and only where the pool can pay for the whole debt. */
    private boolean isTakenInRecovery(BigInteger ratio, V1 v1) {
        return v1.isRecovering()
                && ratio.compareTo(v1.totalRatio()) < 0
                && v1.stabilityPool().compareTo(debt) >= 0;
    }

    /** Against the minimum ratio, or in recovery mode against the system's own where the pool can pay. */
    @Override
    public HealthFactor healthFactor() {
        if (debt.signum() == 0) {
            return HealthFactor.INFINITE;
        }
        var ratio = collateralRatio();
        var limit = system instanceof V1 v1 && isTakenInRecovery(ratio, v1) ? v1.totalRatio() : system.minimumRatio();
        return HealthFactor.of(Fixed.wad(Fixed.floor(ratio, WAD, limit)));
    }

    /** US dollars a unit of collateral at which it reaches the minimum ratio; up. */
    public BigDecimal liquidationPrice() {
        return Fixed.wad(debt).multiply(Fixed.wad(system.minimumRatio())).divide(Fixed.wad(collateral), UP);
    }

    /**
     * What a liquidation in recovery mode above the minimum ratio takes.
     *
     * @param taken           of the collateral: 110 % of the debt
     * @param gasCompensation 0.5 % of what is taken, for whoever liquidates; part of {@code taken}
     * @param surplus         what the owner may claim
     */
    public record Capped(BigInteger taken, BigInteger gasCompensation, BigInteger surplus) {}

    public Capped capped() {
        var taken = Fixed.floor(debt, system.minimumRatio(), price).min(collateral);
        return new Capped(taken, taken.divide(GAS_SHARE), collateral.subtract(taken));
    }

    /**
     * What a redistribution has brought a trove and it has not yet taken up; collateral or debt alike.
     *
     * @param stake    of the trove
     * @param reward   a unit of stake has got since the protocol began
     * @param snapshot the same when the trove was last touched
     */
    public static BigInteger pending(BigInteger stake, BigInteger reward, BigInteger snapshot) {
        return Fixed.floor(stake, reward.subtract(snapshot), WAD);
    }
}
