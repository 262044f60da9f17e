package dev.plimsoll.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** A clock that shows a chosen instant when made and from then on runs a whole number of times faster than life. */
final class ReplayClock extends Clock {
    private final Clock life;
    private final Instant made;
    private final Instant start;
    private final int speed;

    ReplayClock(Clock life, Instant start, int speed) {
        if (speed < 1) {
            throw new IllegalArgumentException("plimsoll.pipeline.clock-speed is at least 1, was " + speed);
        }
        this.life = life;
        this.made = life.instant();
        this.start = start;
        this.speed = speed;
    }

    @Override
    public Instant instant() {
        return start.plusNanos(made.until(life.instant(), ChronoUnit.NANOS) * speed);
    }

    @Override
    public ZoneId getZone() {
        return life.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ReplayClock(life.withZone(zone), instant(), speed);
    }
}
