package dev.plimsoll.pipeline;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The one clock all judgement reads: the system's in UTC, or a replay's.
 *
 * <p>In whole microseconds, as PostgreSQL keeps them: an instant is the same before and after it was stored.
 */
class ClockSource {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock(PipelineConfig config) {
        var life = Clock.systemUTC();
        var clock = config.clockStart()
                .<Clock>map(start -> new ReplayClock(life, start, config.clockSpeed()))
                .orElse(life);
        return Clock.tick(clock, Duration.of(1, ChronoUnit.MICROS));
    }
}
