package dev.plimsoll.risk.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the configuration words of Aave V3 say. Shares are in basis points, caps in whole tokens.
 *
 * @param liquidationBonus with the whole: 10500 is 5 %
 * @param borrowCap        zero means none, as for the supply
 * @see <a href="https://github.com/aave-dao/aave-v3-origin/blob/main/src/contracts/protocol/libraries/types/DataTypes.sol">DataTypes</a>
 */
public record AaveConfiguration(
        int loanToValue,
        int liquidationThreshold,
        int liquidationBonus,
        int decimals,
        boolean active,
        boolean frozen,
        boolean borrowingEnabled,
        boolean paused,
        int reserveFactor,
        BigInteger borrowCap,
        BigInteger supplyCap,
        int liquidationProtocolFee) {
    private static final int SHARE = 16;
    private static final int CAP = 36;

    /** Of a reserve. */
    public static AaveConfiguration of(BigInteger word) {
        Fixed.unsigned(word);
        return new AaveConfiguration(
                share(word, 0),
                share(word, 16),
                share(word, 32),
                Fixed.bits(word, 48, 8).intValueExact(),
                word.testBit(56),
                word.testBit(57),
                word.testBit(58),
                word.testBit(60),
                share(word, 64),
                Fixed.bits(word, 80, CAP),
                Fixed.bits(word, 116, CAP),
                share(word, 152));
    }

    private static int share(BigInteger word, int from) {
        return Fixed.bits(word, from, SHARE).intValueExact();
    }

    /**
     * Which reserves an account has anything in.
     *
     * @param collateral ids of the reserves it uses as collateral, rising
     * @param borrowed   ids of those it owes, rising
     */
    public record OfUser(List<Integer> collateral, List<Integer> borrowed) {
        public OfUser {
            collateral = List.copyOf(collateral);
            borrowed = List.copyOf(borrowed);
        }

        /** Two bits a reserve: the lower says borrowed, the upper collateral. */
        public static OfUser of(BigInteger word) {
            Fixed.unsigned(word);
            return new OfUser(ids(word, 1), ids(word, 0));
        }

        private static List<Integer> ids(BigInteger word, int bit) {
            return IntStream.rangeClosed(0, word.bitLength() / 2)
                    .filter(id -> word.testBit(2 * id + bit))
                    .boxed()
                    .toList();
        }
    }
}
