package dev.plimsoll.oracle;

import dev.plimsoll.unit.Asset;
import dev.plimsoll.unit.BasisPoints;
import io.smallrye.mutiny.Multi;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One place prices come from. An implementation is one package-private bean in {@code oracle.source}; it knows the
 * source's wire format and nothing of pace, deadlines or breakers, which are the lane's.
 */
public interface PriceSource {

    /** As in {@code plimsoll.oracle.sources.<name>}. */
    String name();

    /** Sources of one family count once in a quorum: each exchange is its own, all aggregators are one. */
    default String family() {
        return name();
    }

    /** What holds where the operator's configuration says nothing. */
    Defaults defaults(Optional<URI> url, Optional<String> key);

    /**
     * What the operator must still set before this source is asked at all, as a sentence that names the setting; empty
     * where nothing is missing.
     */
    default Optional<String> missing(SourceSettings settings) {
        return Optional.empty();
    }

    /** Those of the wanted assets that this source has an identifier for. */
    Set<Asset> covers(Set<Asset> wanted);

    /**
     * One answer per covered asset, each as soon as it is there. Never fails: whatever the source sends or omits is a
     * {@link Answer.Silent}.
     */
    Multi<Answer> ask(Set<Asset> assets, SourceSettings settings);

    /**
     * A source's own settings.
     *
     * @param url       of its public API
     * @param pace      the least time between two asks that its limits allow
     * @param heartbeat after how long without news its quote is stale
     * @param deviation how far its quote may be from the true price while it works as it should
     * @param enabled   whether it is asked unless the operator says otherwise
     */
    record Defaults(URI url, Duration pace, Duration heartbeat, BasisPoints deviation, boolean enabled) {
        public Defaults(URI url, Duration pace, Duration heartbeat, BasisPoints deviation) {
            this(url, pace, heartbeat, deviation, true);
        }
    }
}
