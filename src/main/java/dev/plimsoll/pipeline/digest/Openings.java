package dev.plimsoll.pipeline.digest;

import java.util.Optional;

/** That a digest comes late, and which ones never came: said first. */
final class Openings {
    private Openings() {}

    static Optional<String> late(Edition edition) {
        var clock = new WallClock(edition.zone());
        var missed = edition.missed().isEmpty()
                ? ""
                : "None came on " + clock.days(edition.missed()) + ": I was not running. ";
        var late = edition.isLate()
                ? "Late: due " + clock.moment(edition.due()) + ", as of " + clock.moment(edition.asOf()) + "."
                : "";
        return Optional.of((missed + late).strip()).filter(words -> !words.isEmpty());
    }
}
