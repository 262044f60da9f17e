package dev.plimsoll.ops.log;

import java.util.Optional;

/** What was thrown, for the log: the same kind, stack and causes, with messages as they may stand there. */
final class Redacted extends Throwable {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_CHAIN = 20;

    private final String shown;

    private Redacted(Throwable thrown, int depth) {
        super(message(thrown), cause(thrown, depth), false, true);
        this.shown = thrown.getClass().getName()
                + Optional.ofNullable(getMessage()).map(said -> ": " + said).orElse("");
        setStackTrace(thrown.getStackTrace());
    }

    /** Empty for nothing. */
    static Optional<Throwable> of(Throwable thrown) {
        return Optional.ofNullable(thrown).map(there -> new Redacted(there, 0));
    }

    private static String message(Throwable thrown) {
        return Optional.ofNullable(thrown.getMessage()).map(Redaction::of).orElse(null);
    }

    private static Throwable cause(Throwable thrown, int depth) {
        return depth >= LONGEST_CHAIN || thrown.getCause() == null ? null : new Redacted(thrown.getCause(), depth + 1);
    }

    @Override
    public String toString() {
        return shown;
    }
}
