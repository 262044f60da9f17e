package dev.plimsoll.simulation;

/** The database, or the way to it, refuses a statement; the transaction is over. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Why {
        /** A unique constraint. */
        TAKEN,
        DEADLOCK,
        /** Cut off: idle inside its transaction for too long. */
        IDLE,
        /** The connection is gone; whether a commit under way came through is not known. */
        CUT,
        /** Another replica holds the watch, or may. */
        LEASE_LOST
    }

    private final Why why;

    public Refused(Why why, String what) {
        super(why + ": " + what, null, false, false);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
