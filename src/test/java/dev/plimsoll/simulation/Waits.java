package dev.plimsoll.simulation;

/** The statement waits for another transaction, and is run again when that has ended. */
final class Waits extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Transaction holder;

    Waits(Transaction holder) {
        super("waits for a lock", null, false, false);
        this.holder = holder;
    }

    Transaction holder() {
        return holder;
    }
}
