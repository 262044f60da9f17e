package dev.plimsoll.pipeline;

import dev.plimsoll.alert.Transition;
import dev.plimsoll.unit.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one tick did.
 *
 * @param held        this replica holds the watch; otherwise it only kept its book warm
 * @param positions   in the book
 * @param indebted    of them, those with debt
 * @param unseen      of them, those that could not be judged
 * @param unseenSince since when the longest of them is, by the watch's clock
 * @param selected    what was looked at exactly
 * @param transitions committed, in their order
 * @param stale       alerts that somebody else wrote first, to be judged again
 * @param isCut       its time was over before all that the market moved was judged
 * @param took        all of it, in real time
 */
public record TickReport(
        Tick tick,
        boolean held,
        int positions,
        int indebted,
        int unseen,
        Optional<Instant> unseenSince,
        int selected,
        List<Transition> transitions,
        int stale,
        boolean isCut,
        Duration took) {
    public TickReport {
        transitions = List.copyOf(transitions);
    }
}
