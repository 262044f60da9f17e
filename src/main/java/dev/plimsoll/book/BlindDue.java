package dev.plimsoll.book;

import dev.plimsoll.alert.Blackout;
import dev.plimsoll.alert.Track.Stage;
import dev.plimsoll.book.Bands.Decided;
import dev.plimsoll.rule.Level;
import dev.plimsoll.rule.Rule;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/** When a blind rule is to be asked again, though the same positions stay blind. */
public final class BlindDue {
    private BlindDue() {}

    /**
     * After an exact decision that is committed; {@link Instant#MIN} where any price may hasten it. While any is blind, no
     * later than a gap in time: on a clock that was set back its patience is not over any more.
     */
    public static Instant of(Decided decided, Blackout blackout) {
        var waits = blackout.waiting(decided.rule());
        var rises = decided.state().tracks().values().stream().anyMatch(track -> track.stage() == Stage.RISING);
        if (isAutomatic(decided.rule()) && (rises || waits.isPresent()) || !decided.isAtRest()) {
            return Instant.MIN;
        }
        var latest = blackout.blind().isEmpty() ? Instant.MAX : Band.AFTER_A_GAP;
        return Stream.of(decided.due(), waits.orElse(latest), latest)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static boolean isAutomatic(Rule rule) {
        return rule.levels().stream().anyMatch(level -> level.limit() instanceof Level.Limit.Auto);
    }
}
