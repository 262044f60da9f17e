package dev.plimsoll.oracle;

import dev.plimsoll.unit.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When it is a lane's turn: no more often than its source allows, sooner after a failure where that is sooner, and never
 * before the source wishes. Times are the tick's. Not thread-safe: its lane guards it.
 */
final class Pace {
    private final Duration rest;
    private final Duration restAfterFailure;
    private Optional<Instant> asked = Optional.empty();
    private Optional<Instant> notBefore = Optional.empty();
    private Duration least = Duration.ZERO;
    private boolean failed;

    /** @param retry the rest after a failure, where that is shorter than the usual rest */
    Pace(Duration rest, Duration retry) {
        this.rest = rest;
        this.restAfterFailure = retry.compareTo(rest) < 0 ? retry : rest;
    }

    /** A clock that went back does not keep a source from being asked. */
    boolean isDue(Tick tick) {
        return asked.map(since -> tick.at().isBefore(since) || isRested(tick, since) && isWelcome(tick))
                .orElse(true);
    }

    /** Half a tick early is not too early, or a pace equal to the tick's interval would take every other tick. */
    private boolean isRested(Tick tick, Instant since) {
        var early = tick.interval().dividedBy(2);
        return !tick.at().isBefore(since.plus(currentRest()).minus(early));
    }

    private boolean isWelcome(Tick tick) {
        return notBefore.map(wished -> !tick.at().isBefore(wished)).orElse(true);
    }

    void asked(Instant at) {
        asked = Optional.of(at);
    }

    /** @param wished by the source: not before */
    void ended(boolean withoutPrice, Optional<Instant> wished) {
        failed = withoutPrice;
        notBefore = wished;
    }

    /** When it may be asked again; empty before the first ask. */
    Optional<Instant> next() {
        return asked.map(since -> since.plus(currentRest()))
                .map(paced -> notBefore.filter(paced::isBefore).orElse(paced));
    }

    /** As long as there is less to ask for. */
    void atLeast(Duration rest) {
        least = rest;
    }

    private Duration currentRest() {
        var usual = failed ? restAfterFailure : rest;
        return usual.compareTo(least) >= 0 ? usual : least;
    }
}
