package dev.plimsoll.pipeline;

/** Another replica holds the watch, or may: what this one was about to commit is abandoned. */
final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeaseLost(Term term) {
        super("the lease of epoch " + term.epoch() + " is lost");
    }
}
