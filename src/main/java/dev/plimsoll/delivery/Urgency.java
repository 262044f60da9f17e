package dev.plimsoll.delivery;

import dev.plimsoll.alert.Drilled;
import dev.plimsoll.rule.Severity;
import java.util.Set;

/** Which message goes first, and which may take another's place. */
final class Urgency {
    private static final Set<String> WEAK = Set.of("alert.acknowledged", "alert.repeated", "alert.snoozed");
    private static final int LATE = 2;

    /** What comes by the calendar waits for everything that happened. */
    private static final int LAST = 3;

    /** How many priorities there are. */
    static final int PRIORITIES = LAST + 1;

    private Urgency() {}

    /** The queue's order: 0 goes first. */
    static int priority(String notice, Severity severity) {
        var type = Drilled.played(notice);
        if (type.startsWith("digest.")) {
            return LAST;
        }
        if (type.equals("alert.resolved") || type.equals("alert.acknowledged") || type.equals("alert.snoozed")) {
            return LATE;
        }
        return switch (severity) {
            case CRITICAL -> 0;
            case WARNING -> 1;
            case INFO -> LATE;
        };
    }

    /** What must wake somebody, if not on one channel then on another. */
    static boolean failsOver(String type, Severity severity) {
        return Drilled.played(type).equals("alert.escalated") || priority(type, severity) == 0;
    }

    /** What only repeats or confirms never takes the place of news. */
    static boolean mayReplace(String newer, String older) {
        return !WEAK.contains(Drilled.played(newer)) || WEAK.contains(Drilled.played(older));
    }
}
