package dev.plimsoll.delivery.telegram;

/** Who goes first where limits make some wait. Each may use up only a part of a limit, so that those before it find room. */
public enum Precedence {
    /** What must wake somebody. */
    CRITICAL,
    /** Other alerts, and what answers to people. */
    USUAL,
    /** What nobody waits for: gauges, digests. */
    LAST
}
