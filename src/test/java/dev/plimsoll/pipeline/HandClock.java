package dev.plimsoll.pipeline;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is moved by hand. The house's clock only where {@link HandTime} is enabled. */
@Singleton
@Typed(HandClock.class)
public class HandClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");

    public void set(Instant instant) {
        now = instant;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
