package dev.plimsoll.risk;

/** What a tick can say of a loan. */
public sealed interface Judgement {

    /** Judged; where sources disagree, every figure stands on the dangerous end of their ranges. */
    record Judged(Health health) implements Judgement {}

    /** Nothing is owed: it cannot be liquidated. */
    record NoDebt(Health health) implements Judgement {}

    /**
     * A leg that matters has no believable price: liquidatable at one end of what is possible and not at the other.
     *
     * @param why a sentence: "no believable price of RENDER: 1 of 2 price families"
     */
    record Unknown(String why) implements Judgement {}
}
