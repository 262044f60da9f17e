package dev.plimsoll.simulation;

/** The mistakes that are planted to see them found. */
public enum Plant {
    /** The model as the product is. */
    NONE,
    /** The lease is taken though another replica's has not run out. */
    LEASE_TAKEN_EARLY,
    /** A take-over leaves the epoch as it was. */
    EPOCH_KEPT,
    /** The lease is held against the clock of the process. */
    LEASE_BY_OWN_CLOCK,
    /** A late courier's record is believed. */
    ATTEMPT_UNFENCED,
    /** What a newer message replaced forgets how often it was claimed. */
    ATTEMPTS_FORGOTTEN,
    /** The open deliveries are looked at once, before the lock on them was waited for. */
    OPEN_READ_ONCE,
    /** An open delivery gives way though a courier is sending it. */
    LEASED_GIVES_WAY,
    /** Changes are read on from the last one seen. */
    READ_ON_FROM_THE_LAST_SEEN,
    /** What an unanswered commit wrote is not read again. */
    UNANSWERED_IS_BELIEVED_LOST,
    /** A process that stands still inside a transaction keeps its locks. */
    IDLE_KEEPS_ITS_LOCKS
}
