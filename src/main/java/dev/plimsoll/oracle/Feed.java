package dev.plimsoll.oracle;

import dev.plimsoll.unit.BasisPoints;
import java.time.Duration;
import java.util.Optional;

/**
 * What the consensus needs to know of a source.
 *
 * @param band      how far its quote may be from the true price while it works as it should
 * @param heartbeat after how long without news its quote is stale
 * @param slack     how much later than its heartbeat a quote may be; empty means as for all sources
 */
public record Feed(String source, String family, BasisPoints band, Duration heartbeat, Optional<Duration> slack) {

    /** Of a source that is as punctual as the others. */
    public Feed(String source, String family, BasisPoints band, Duration heartbeat) {
        this(source, family, band, heartbeat, Optional.empty());
    }
}
