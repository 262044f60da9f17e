package dev.plimsoll.ops.log;

import java.util.Optional;
import java.util.stream.Stream;

/** What stands in a log for something thrown that said what may not stand there: the same stacks and causes, other words. */
final class Redacted extends Throwable {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_CHAIN = 12;

    private Redacted(Throwable thrown, int depth) {
        super(shown(thrown), cause(thrown, depth), false, true);
        setStackTrace(thrown.getStackTrace());
    }

    /** Empty where it may be logged as it is: nothing was thrown, or it and all that led to it say nothing of the kind. */
    static Optional<Throwable> of(Throwable thrown) {
        return Optional.ofNullable(thrown).filter(there -> isTelling(there, 0)).map(there -> new Redacted(there, 0));
    }

    private static boolean isTelling(Throwable thrown, int depth) {
        return depth >= LONGEST_CHAIN
                || Optional.ofNullable(thrown.getMessage())
                        .filter(said -> !Redaction.of(said).equals(said))
                        .isPresent()
                || Stream.concat(Stream.ofNullable(thrown.getCause()), Stream.of(thrown.getSuppressed()))
                        .anyMatch(other -> isTelling(other, depth + 1));
    }

    /** With its kind, which this one hides. */
    private static String shown(Throwable thrown) {
        return thrown.getClass().getName()
                + Optional.ofNullable(thrown.getMessage())
                        .map(said -> ": " + Redaction.of(said))
                        .orElse("");
    }

    private static Throwable cause(Throwable thrown, int depth) {
        return depth >= LONGEST_CHAIN || thrown.getCause() == null ? null : new Redacted(thrown.getCause(), depth + 1);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
