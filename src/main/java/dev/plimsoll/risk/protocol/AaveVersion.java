package dev.plimsoll.risk.protocol;

/**
 * Which of Aave V3's account calculations a pool runs. Forks keep the formula they were forked with, whatever number they
 * call themselves by: compare with {@code getUserAccountData} before believing one.
 *
 * @see <a href="https://github.com/aave-dao/aave-v3-origin/blob/main/src/contracts/protocol/libraries/logic/GenericLogic.sol">GenericLogic</a>
 */
public enum AaveVersion {
    /** 3.0 to 3.4, pool revision up to 8, and SparkLend: nearest rounding, the health factor from a truncated average. */
    UP_TO_3_4,
    /** 3.5, pool revision 9: every rounding towards the pool, the health factor from the whole sum. */
    V3_5,
    /** 3.6 and 3.7, pool revisions 10 and 11: as 3.5, and collateral without weight counts in the total. */
    FROM_3_6
}
