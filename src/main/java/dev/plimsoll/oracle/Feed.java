package dev.plimsoll.oracle;

import dev.plimsoll.unit.BasisPoints;
import java.time.Duration;

/**
 * What the consensus needs to know of a source.
 *
 * @param band      how far its quote may be from the true price while it works as it should
 * @param heartbeat after how long without news its quote is stale
 */
public record Feed(String source, String family, BasisPoints band, Duration heartbeat) {}
