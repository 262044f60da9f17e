package dev.plimsoll.rule;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom a rule tells, whom later, and when not.
 *
 * @param channels       empty means every active channel of the account at sending time
 * @param escalation     who else is told, each step later than the one before
 * @param quietHours     what is not critical waits for their end
 * @param notifyResolved whether it is told that an alert is over
 */
public record Telling(
        Optional<List<UUID>> channels,
        List<Escalation> escalation,
        Optional<QuietHours> quietHours,
        boolean notifyResolved) {
    /** Everything, at any hour, on every channel. */
    public static final Telling EVERYTHING = new Telling(Optional.empty(), List.of(), Optional.empty(), true);

    public Telling {
        channels = channels.map(List::copyOf);
        escalation = List.copyOf(escalation);
    }
}
