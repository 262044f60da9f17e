package dev.plimsoll.alert;

import java.time.Instant;
import java.util.Optional;

/** An alert as {@link AlertStore} reads it after {@link AlertActStore} wrote that its owner has seen it. */
public final class Acting {
    private Acting() {}

    public static Alert acknowledged(Alert alert, Instant at) {
        var attention = new Attention(Optional.of(at), alert.state().attention().snoozedUntil());
        return new Alert(
                alert.id(),
                alert.account(),
                alert.key(),
                alert.state().acted(alert.state().sequence() + 1, attention),
                Hush.NONE,
                alert.shown(),
                alert.version() + 1);
    }
}
