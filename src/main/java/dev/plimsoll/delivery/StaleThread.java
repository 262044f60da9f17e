package dev.plimsoll.delivery;

import java.util.List;
import java.util.UUID;

/** A message in a chat that does not say how things stand, with all that it tells of. */
public record StaleThread(Receiver to, long message, List<Line> lines) {
    public StaleThread {
        lines = List.copyOf(lines);
    }

    /**
     * One alert of it.
     *
     * @param body     as it was frozen when it was told
     * @param shown    the alert's sequence, as the message shows it
     * @param sequence as it is now
     * @param stirs    how often something happened to it, when this was read
     */
    public record Line(UUID alert, String body, int shown, int sequence, long stirs, AlertState state) {}

    /** Whether any of it is. */
    public boolean isOver() {
        return lines.stream().anyMatch(line -> !line.state().isFiring());
    }

    /** Whether the message says anything else than what is so: not where what happened was in it from the first. */
    public boolean isOutdated() {
        return lines.stream().anyMatch(line -> line.sequence() > line.shown());
    }
}
