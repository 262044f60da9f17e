package dev.plimsoll.delivery;

import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.delivery.Tried.Unrecordable;
import io.vertx.sqlclient.DatabaseException;
import java.util.Optional;

/** Messages that fail by an error of ours, told without what an exception's message may hold. */
final class Poison {
    private static final String DATA_EXCEPTION = "22";
    private static final String CONSTRAINT_VIOLATION = "23";

    private Poison() {}

    /** For the owner of the message, and for whoever mends it. */
    static String cause(Throwable failure) {
        return switch (failure) {
            case SecretBox.Unreadable ignored ->
                "what is sealed for this channel does not open with the master key of this installation";
            case Kinds.Unknown unknown -> unknown.getMessage();
            default ->
                "Plimsoll could not send it by an error of its own ("
                        + failure.getClass().getSimpleName() + ")";
        };
    }

    /** Whether the database refuses what was to be written, and would again. */
    static boolean isUnrecordable(Throwable failure) {
        return failure instanceof DatabaseException refused
                && Optional.ofNullable(refused.getSqlState())
                        .filter(state -> state.startsWith(DATA_EXCEPTION) || state.startsWith(CONSTRAINT_VIOLATION))
                        .isPresent();
    }

    static Tried unrecordable(Tried tried, Throwable failure) {
        var state = ((DatabaseException) failure).getSqlState();
        return new Tried(
                tried.claim(),
                new Unrecordable("it was sent, but what came of it could not be recorded (SQL state " + state + ")"),
                tried.last());
    }
}
