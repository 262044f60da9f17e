package dev.plimsoll.pipeline;

import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Where a test profile enables it, the house goes by the {@link HandClock}. */
@Alternative
@Singleton
public class HandTime {

    @Produces
    @Singleton
    Clock clock(HandClock hand) {
        return hand;
    }
}
