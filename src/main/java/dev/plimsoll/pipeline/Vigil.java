package dev.plimsoll.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the last tick and the courier are well.
 *
 * @param troubles none when they are
 */
record Vigil(TickReport report, List<String> troubles) {
    private static final double ENOUGH = 0.95;
    private static final Duration LATEST = Duration.ofSeconds(60);

    Vigil {
        troubles = List.copyOf(troubles);
    }

    /** @param unsent how long the oldest urgent message has waited for a courier */
    static Vigil of(TickReport report, Duration unsent) {
        var troubles = new ArrayList<String>();
        var judged = report.indebted() - report.unseen();
        if (judged < ENOUGH * report.indebted()) {
            troubles.add("only %d of %d positions with debt could be judged".formatted(judged, report.indebted()));
        }
        if (unsent.compareTo(LATEST) >= 0) {
            troubles.add("the oldest urgent message has not been sent for " + unsent.toSeconds() + " s");
        }
        return new Vigil(report, troubles);
    }

    boolean isWell() {
        return troubles.isEmpty();
    }

    /** A line for whoever looks at the pings. No name, address or secret. */
    String text() {
        return isWell()
                ? String.format(
                        Locale.ROOT,
                        "tick %d at %s: %d of %d positions with debt judged in %d ms",
                        report.tick().number(),
                        report.tick().at(),
                        report.indebted() - report.unseen(),
                        report.indebted(),
                        report.took().toMillis())
                : String.join("; ", troubles);
    }
}
