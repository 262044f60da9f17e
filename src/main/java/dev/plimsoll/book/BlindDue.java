package dev.plimsoll.book;

import dev.plimsoll.alert.Blackout;
import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import java.time.Instant;

/** When a blind rule is to be asked again, though the same positions stay blind. */
public final class BlindDue {
    private BlindDue() {}

    /** After an exact decision that is committed; {@link Instant#MIN} where any price may hasten it. */
    public static Instant of(Decided decided, Blackout blackout) {
        var waits = blackout.waiting(decided.rule());
        var rises = decided.state().tracks().values().stream().anyMatch(track -> track.stage() == Stage.RISING);
        return isAutomatic(decided.rule()) && (rises || waits.isPresent()) || !decided.isAtRest()
                ? Instant.MIN
                : waits.filter(decided.due()::isAfter).orElseGet(decided::due);
    }

    private static boolean isAutomatic(Rule rule) {
        return rule.levels().stream().anyMatch(level -> level.limit() instanceof Level.Limit.Auto);
    }
}
