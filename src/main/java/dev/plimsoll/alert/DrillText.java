package dev.plimsoll.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a drill says. That it is one stands in the first words of each message. */
public final class DrillText {
    private DrillText() {}

    /** @param rule whose way it goes */
    public static Text calling(String rule) {
        return new Text(
                "This is a wake-up drill, and nothing is wrong: as loud as this, your rule \"" + rule
                        + "\" would wake you.",
                Optional.empty(),
                Optional.of("Acknowledge it as you would in earnest: the time that you take is kept."),
                Optional.empty(),
                List.of());
    }

    /** @param waiting since the first message */
    public static Text calling(String rule, Duration waiting) {
        return new Text(
                "This is a wake-up drill, and nothing is wrong: for " + Readable.duration(waiting)
                        + " nobody has acknowledged it. Your rule \"" + rule + "\" would tell you here now.",
                Optional.empty(),
                Optional.of("Acknowledge it as you would in earnest: the time that you take is kept."),
                Optional.empty(),
                List.of());
    }

    /** @param drill as it was when its last step was taken */
    public static Text acknowledged(Drill drill) {
        var time = drill.timeToAcknowledge().map(Readable::duration).orElse("no time");
        var note = drill.acknowledgedBy().map(by -> " (" + by + ")").orElse("");
        return Text.of("The wake-up drill is over: acknowledged after " + time + note + ". Nothing was wrong.");
    }

    /** @param waited from the first message to the last */
    public static Text unheard(Duration waited) {
        return new Text(
                "The wake-up drill is over, and nobody acknowledged it within " + Readable.duration(waited)
                        + ". In earnest nobody would have acted.",
                Optional.empty(),
                Optional.of(
                        "Make sure that a channel rings at night, or let the last step of the escalation tell a buddy."),
                Optional.empty(),
                List.of());
    }

    /** @param why as a part of a sentence */
    public static Text interrupted(String why) {
        return Text.of("The wake-up drill was broken off: " + why + ".");
    }
}
