package dev.plimsoll.pipeline;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The one clock all judgement reads: the system's in UTC, or a replay's. */
class ClockSource {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock(PipelineConfig config) {
        var life = Clock.systemUTC();
        return config.clockStart()
                .<Clock>map(start -> new ReplayClock(life, start, config.clockSpeed()))
                .orElse(life);
    }
}
